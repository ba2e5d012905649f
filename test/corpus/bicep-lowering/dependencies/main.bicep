param cond bool
param list array
var names = [for n in list: 'x${n}']
resource a 'Microsoft.Storage/storageAccounts@2023-01-01' = [for n in names: { name: n, location: 'l', sku: { name: 'Standard_LRS' }, kind: 'StorageV2' }]
resource ex 'Microsoft.Storage/storageAccounts@2023-01-01' existing = [for (n, i) in names: { name: '${n}e' }]
resource exs 'Microsoft.Storage/storageAccounts/blobServices@2023-01-01' existing = { parent: ex[0], name: 'default' }
var ids = { x: a[0].id, y: exs.id }
var props = { p: a[1].properties.primaryEndpoints }
var nested = { q: props.p, r: cond }
var idx = 2
resource w 'Microsoft.Web/sites@2022-03-01' = { name: 'w', location: 'l', properties: { ids: ids, n: nested.q.blob, e: exs.properties.foo, z: a[0].properties.x, zz: ex[idx + 1].properties.y } }
resource w2 'Microsoft.Web/sites@2022-03-01' = [for (n, i) in list: { name: 'w${i}', location: 'l', properties: { a: a[i].id, b: a[(i + 1) % length(list)].properties.x, c: ids.x, d: [for j in range(0, 2): a[j].id], e: ex[i].properties.q } }]
resource c 'Microsoft.Storage/storageAccounts/blobServices@2023-01-01' = { parent: a[0], name: 'default' }
resource c2 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-01-01' = [for i in range(0,2): { parent: c, name: 'c${i}' }]
resource c3 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-01-01' existing = { parent: exs, name: 'c3' }
module m 'mod.bicep' = [for (n, i) in names: { name: 'm${i}', params: { a: a[i].id, b: c2[i].name, c: c3.id } }]
module m2 'mod.bicep' = { name: 'm2', params: { a: m[0].outputs.o, b: m[idx].outputs.o, c: w2[0].properties.state }, dependsOn: [ m, w, a[0], c2 ] }
output o array = [for (n, i) in names: { a: a[i].properties.primaryEndpoints.blob, b: m[i].outputs.o, c: n, d: i }]
output p array = [for i in range(0, length(names)): reference(a[i].id, '2023-01-01')]
output q string = m[length(m2.outputs.o)].name
