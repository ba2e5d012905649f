var j = loadJsonContent('data.json')
var j2 = loadJsonContent('data.json', '$.c')
var j3 = loadJsonContent('data.json', 'c.d')
var t = loadTextContent('t.txt')
var t2 = '${loadTextContent('t.txt')}x'
var t3 = { a: loadTextContent('t.txt'), b: loadFileAsBase64('t.txt') }
var y = loadYamlContent('d.yaml')
var y2 = loadYamlContent('d.yaml', '$.list[0]')
var b = loadFileAsBase64('t.txt')
var dir = loadDirectoryFileInfo('sub', '*.txt')
var dir2 = loadDirectoryFileInfo('sub')
param p object = loadJsonContent('data.json')
param p2 string = loadTextContent('t.txt')
output o object = loadJsonContent('data.json')
output o2 string = loadTextContent('t.txt')
resource sa 'Microsoft.Storage/storageAccounts@2023-01-01' = {
  name: 'x'
  location: loadTextContent('t.txt')
  sku: loadJsonContent('data.json').b
  kind: any(loadJsonContent('data.json')).a
  properties: any(loadJsonContent('data.json'))
}
