@export()
var content = loadJsonContent('data.json')
@export()
var text = loadTextContent('t.txt')
@export()
var both = '${loadTextContent('t.txt')}-${loadFileAsBase64('t.txt')}'
@export()
type Deep = { a: { b: string[] } }
@export()
func fnx(a string) string => '${a}${loadTextContent('t.txt')}'
