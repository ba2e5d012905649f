using '../parameters/main.bicep'
param b = loadJsonContent('./data.json')
param a = loadTextContent('./t.txt')
param h = loadYamlContent('./d.yaml')
param c = loadDirectoryFileInfo('sub')
param j = loadFileAsBase64('./t.txt')
param d = loadJsonContent('./data.json').neg
