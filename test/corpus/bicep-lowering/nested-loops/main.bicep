param items array
param flag bool
resource p 'Microsoft.Network/virtualNetworks@2023-04-01' = if (flag) {
  name: 'p'
  location: 'x'
  @batchSize(1)
  resource s 'subnets' = [for (i, idx) in items: if (i.on) {
    name: i.name
    properties: { addressPrefix: i.prefix, serviceEndpoints: [for e in i.eps: { service: e }] }
  }]
  @description('nested desc')
  resource q 'virtualNetworkPeerings' existing = {
    name: 'peer'
  }
}
resource top 'Microsoft.Network/virtualNetworks/subnets@2023-04-01' = {
  name: 'p/other'
  properties: { addressPrefix: p::s[0].properties.addressPrefix, x: p::q.properties.y, z: p::s[1].id }
  dependsOn: [ p::s ]
}
resource top2 'Microsoft.Network/virtualNetworks/subnets@2023-04-01' = [for (i, idx) in items: {
  parent: p
  name: 'o${idx}'
  dependsOn: [ p::s[idx], top ]
}]
resource pe 'Microsoft.Network/privateEndpoints@2023-04-01' = [for (i, idx) in items: {
  name: 'pe${idx}'
  location: 'x'
  properties: {
    subnet: { id: p::s[idx].id }
    manual: [for (c, j) in i.conns: { name: '${c}-${j}-${idx}', sub: top2[j].id }]
  }
}]
output a array = [for (i, idx) in items: p::s[idx].properties.addressPrefix]
output b array = [for (i, idx) in items: { n: pe[idx].name, m: top2[idx].properties.x }]
output c bool = flag ? p::s[0].name == 'x' : false
output d string = p::s[0].?properties.foo ?? ''
output e string = p.?properties.?addressSpace.addressPrefixes[0] ?? ''
output f string = p::q.?id ?? ''
