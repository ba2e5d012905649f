param x string?
resource c 'Microsoft.Web/sites/config@2022-03-01' = {
  name: 'site/web'
  properties: {}
}
resource st 'Microsoft.Storage/storageAccounts@2023-01-01' existing = {
  name: c.properties.storage
}
resource st2 'Microsoft.Storage/storageAccounts@2023-01-01' existing = {
  name: 'st2'
  dependsOn: [ c ]
}
resource stb 'Microsoft.Storage/storageAccounts/blobServices@2023-01-01' existing = {
  parent: st
  name: 'default'
}
resource stb2 'Microsoft.Storage/storageAccounts/blobServices@2023-01-01' = {
  parent: st2
  name: 'default'
}
output o12 string = st.id
output o14 string = st2.properties.x
output o17 string = stb.id
output o18 string=stb.name
resource lk 'Microsoft.Authorization/locks@2020-05-01' = {
  name: 'lk'
  properties: { level: 'CanNotDelete', notes: '${st2.properties.y}${st.id}' }
}
resource lk2 'Microsoft.Authorization/locks@2020-05-01' = {
  name: 'lk2'
  scope: st2
  properties: { level: 'CanNotDelete', notes: '${stb2.properties.y}' }
}
resource lk3 'Microsoft.Authorization/locks@2020-05-01' existing = {
  name: 'lk3'
  scope: st
}
output o16 string = lk3.id
