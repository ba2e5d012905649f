param names array
param cond bool
resource vnets 'Microsoft.Network/virtualNetworks@2023-04-01' = [for (n, i) in names: { name: '${n}-${i}', location: 'x', properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] } } }]
resource subnets 'Microsoft.Network/virtualNetworks/subnets@2023-04-01' = [for (n, j) in names: { name: 'sub${j}', parent: vnets[j], properties: { addressPrefix: '10.0.0.0/24' } }]
resource x3 'Microsoft.Network/virtualNetworks/subnets/foo@2023-04-01' = [for (n, k) in names: { name: 'f${k}-${n}', parent: subnets[k+1], properties: { addressPrefix: '10.0.0.0/24' } }]
resource single 'Microsoft.Network/virtualNetworks/subnets@2023-04-01' = { parent: vnets[0], name: 'single', dependsOn: [ subnets ] }
resource single2 'Microsoft.Network/virtualNetworks/subnets@2023-04-01' = { parent: vnets[0], name: 'single2', dependsOn: [ subnets[1], x3[0], single ] }
resource nic 'Microsoft.Network/networkInterfaces@2023-04-01' = [for (n, i) in names: if (cond) { name: 'nic-${i}', location: 'x', properties: { ipConfigurations: [for (s, k) in range(0,2): { name: 'ip-${k}-${s}-${n}', properties: { subnet: { id: subnets[i].id }, privateIPAddress: x3[k].properties.foo } }] } }]
resource lock 'Microsoft.Authorization/locks@2020-05-01' = [for i in range(0, 2): { name: 'l${i}', scope: vnets[i], properties: { level: 'CanNotDelete', notes: subnets[i].name } }]
resource lock2 'Microsoft.Authorization/locks@2020-05-01' = { name: 'l2', scope: subnets[1], properties: { level: 'CanNotDelete' } }
resource lock3 'Microsoft.Authorization/locks@2020-05-01' existing = { name: 'l3', scope: lock2 }
resource ex 'Microsoft.Network/virtualNetworks@2023-04-01' existing = [for n in names: { name: n }]
resource exs 'Microsoft.Network/virtualNetworks/subnets@2023-04-01' existing = [for (n,i) in names: { parent: ex[i], name: 'a' }]
output a string = x3[2].id
output b string = x3[0].name
output c object = nic[1].properties
output d string = lock[1].id
output e string = lock3.id
output f string = exs[0].properties.addressPrefix
output g string = exs[0].id
output h array = [for i in range(0,2): exs[i].id]
output i array = [for (v, i) in names: { id: vnets[i].id, n: v, p: vnets[i].properties.subnets[0].name }]
output j string = nic[0].?properties.foo ?? 'x'
output k string = nic[0].?id ?? 'x'
output l string = nic[0].?tags.foo ?? 'x'
