@export()
type Circle = { kind: 'circle', r: Radius }
type Radius = 1 | 2
@export()
type Leaf = { name: string, next: Leaf? }
@export()
func mk(l Leaf) object => { x: l }
@export()
var num = 5
@export()
var arr = [for i in range(0, num): 'i${i}']
@export()
var text = loadTextContent('t.txt')
@export()
var big = { a: loadJsonContent('j.json'), b: num }
