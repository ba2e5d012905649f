targetScope = 'resourceGroup'
metadata description = 'a desc'
metadata owner = { a: 1, b: [ 'x' ] }
param x string
@description('cond')
resource a 'Microsoft.Web/serverfarms@2022-03-01' = if (x == 'a') {
  name: 'a'
  location: resourceGroup().location
  properties: {
    arr: [for i in range(0, 2): {
      n: i
    }]
    obj: {
      copy: [for i in range(0, 2): i]
      '${x}': 1
      other: [for i in range(0, 2): {
        x: i
      }]
    }
  }
}
resource b 'Microsoft.Web/sites@2022-03-01' = {
  name: '${a.name}-slot'
  location: 'x'
  dependsOn: [
    a
    a
  ]
  properties: {
    serverFarmId: a.id
    x: any({ a: 1 })
    y: any(x == 'a' ? { a: 1 } : null)
    z: [ any(x) , any([1]) ]
  }
}
resource c 'Microsoft.Web/sites/config@2022-03-01' = {
  name: 'site/web'
  properties: {}
}
resource c2 'Microsoft.Web/sites/slots/config@2022-03-01' existing = {
  name: 'site/slot/web'
}
resource c3 'Microsoft.Web/sites/slots/config@2022-03-01' = {
  name: '${x}/slot/web'
}
output o string = c.id
output o2 string = c.name
output o3 string = c2.id
output o4 string = c3.id
output o5 object = c2.properties
var res = c3
output o6 string = res.id
output o7 object = res.properties
var inl = { a: c.properties.x, b: [ c.properties.y ] }
output o8 object = inl
output o9 string = inl.a
output o10 array = inl.b
output o11 string = inl.b[0]
resource d 'Microsoft.Web/sites@2022-03-01' = {
  name: 'd'
  location: 'x'
  properties: {
    i: inl
    j: [ inl.a, inl ]
    k: union(inl, { z: 1 })
  }
  tags: union({ a: 'b' }, { c: x })
}
resource st 'Microsoft.Storage/storageAccounts@2023-01-01' existing = {
  name: c.properties.storage
}
resource stb 'Microsoft.Storage/storageAccounts/blobServices@2023-01-01' existing = {
  parent: st
  name: 'default'
}
output o12 string = st.id
resource lk 'Microsoft.Authorization/locks@2020-05-01' = {
  name: 'lk'
  properties: { level: 'CanNotDelete', notes: st.name }
}
