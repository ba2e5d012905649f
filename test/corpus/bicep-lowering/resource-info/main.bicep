param name string
@secure()
param pw string
resource sa 'Microsoft.Storage/storageAccounts@2023-01-01' = [for i in range(0,2): {
  name: '${name}${i}'
  location: 'x'
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {}
}]
resource one 'Microsoft.Storage/storageAccounts@2023-01-01' existing = {
  name: name
  resource blob 'blobServices' existing = {
    name: 'default'
    resource c 'containers' = { name: 'c' }
  }
}
output id string = sa[1].id
output n string = one::blob.name
output nn string = sa[0].name
output ty string = one.type
output av string = one::blob.apiVersion
