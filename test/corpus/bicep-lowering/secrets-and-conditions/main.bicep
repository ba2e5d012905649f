param n string
param cond bool
resource kv 'Microsoft.KeyVault/vaults@2023-02-01' existing = { name: 'kv', scope: resourceGroup('sub', 'rg') }
resource kvs 'Microsoft.KeyVault/vaults@2023-02-01' existing = [for i in range(0,2): { name: 'kv${i}' }]
module m 'mod.bicep' = { name: 'm', params: { s: kv.getSecret('a') } }
module m2 'mod.bicep' = { name: 'm2', params: { s: cond ? kv.getSecret('a', 'v1') : 'plain' } }
module m3 'mod.bicep' = [for i in range(0,2): { name: 'm3${i}', params: { s: kvs[i].getSecret('x${i}') } }]
module m4 'mod.bicep' = { name: 'm4', params: { s: cond ? kv.getSecret('a') : kvs[0].getSecret('b') } }
resource sa 'Microsoft.Storage/storageAccounts@2023-01-01' = { name: n, location: 'x', sku: { name: 'Standard_LRS' }, kind: 'StorageV2' 
 resource bs 'blobServices' = if (cond) { name: 'default'
   resource c 'containers' = [for i in range(0,2): { name: 'c${i}' }]
   resource c2 'containers' = if (n == 'a') { name: 'c2', dependsOn: [ c ] }
 }
 resource fs 'fileServices@2022-09-01' existing = { name: 'default'
   resource sh 'shares' = { name: 'sh', properties: { metadata: { x: sa::bs.properties.y } } } }
}
resource sc 'Microsoft.Storage/storageAccounts@2023-01-01' = if (cond) { name: 'sc', location: 'x', sku: { name: 'Standard_LRS' }, kind: 'StorageV2' }
var conn = 'key=${sa.listKeys().keys[0].value};${environment().suffixes.storage}'
var conn2 = '${conn};x'
var ep = sa.properties.primaryEndpoints
var idv = sa.id
var lst = listKeys(sa.id, '2023-01-01').keys
var refv = reference(sa.id, '2023-01-01').x
var scv = sc.?properties.foo
resource web 'Microsoft.Web/sites@2022-03-01' = { name: 'w', location: 'x', tags: { b: idv }, properties: { zz: conn2, yy: ep.blob, a: lst[0], b: refv, c: sc.?properties.primaryEndpoints.blob, d: sc.?id, e: sc.id, f: sc.listAccountSas('2023-01-01', { a: 1 }).token, g: sa::bs::c[0].name, h: sa::bs::c2.id, i: scv, j: sa::fs::sh.name } }
resource diag 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = { name: 'd', scope: sa::bs, properties: { storageAccountId: sa.id } }
@description('desc of r')
@batchSize(2)
resource loop 'Microsoft.Web/serverfarms@2022-03-01' = [for i in range(0,3): { name: 'p${i}', location: 'x' }]
@batchSize(1)
@description('desc of m')
module lm 'mod.bicep' = [for i in range(0,3): { name: 'lm${i}', params: { s: loop[i].name }, dependsOn: [web, loop] }]
@onlyIfNotExists()
resource oi 'Microsoft.Web/serverfarms@2022-03-01' = { name: 'oi', location: 'x' }
output a string = conn2
output b string = sc.?properties.primaryEndpoints.blob ?? ''
output c string = sa::bs::c[1].id
output d object = sa.sku
output e string = sa['name']
output g object = sa
output h array = loop
output i array = map(loop, x => x.id)
output j array = [for (x, i) in range(0,3): loop[i].properties]
output k string = loop[0].properties.?foo ?? 'a'
output l string = sa.properties[n]
output m bool = contains(sa.properties, 'x')
