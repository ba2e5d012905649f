param name string
resource sa 'Microsoft.Storage/storageAccounts@2023-01-01' = {
  name: name
  location: 'x'
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  resource blob 'blobServices' = {
    name: 'default'
  }
}
output id string = sa.id
output n string = sa::blob.name
output nn string = sa.name
