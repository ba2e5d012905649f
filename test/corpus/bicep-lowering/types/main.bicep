type lit = 'a' | 'b'
type n = 1 | 2 | -3
type mix = ('x' | 'y')[]
type nul = 'a' | 'b' | null
type arrOf = lit[]
type opt = lit?
type tup = [string, int, lit?]
type obj = { a: string, b: int?, 'c-d': lit, *: string }
type nested = {
  @description('desc')
  a: {
    @minLength(3)
    b: string[]
  }
  @secure()
  s: string
  o: { x: int }
}
@sealed()
type sealedObj = { a: string }
@minValue(1)
@maxValue(5)
type ranged = int
@description('D')
@metadata({ foo: 'bar' })
type meta = string
type A = { kind: 'a', v: string }
type B = { kind: 'b', v: int }
@discriminator('kind')
type AB = A | B | { kind: 'c', z: bool }
@discriminator('kind')
type ABC = AB | { kind: 'd' }
type rec = { next: rec?, kids: rec[]? }
type prop = obj.a
type prop2 = obj['c-d']
type item = arrOf[*]
type tupItem = tup[2]
type add = obj.*
type deep = nested.a.b[*]
type t = true
type f = false | true
type any1 = any
type sys1 = sys.string
type strs = string[]
type par = (string)
type nn = opt!
type uu = lit | 'c'
type objlit = { a: 'x' } 
type arrArr = string[][]
type emptyObj = { }
type arrEnum = ('a' | 'b' | null)[]
type arrNull = (string)[]?
type arrNull2 = (string?)[]
type esc = 'it\'s' | 'a\\b' | '\${x}'
@export()
@description('exp')
type expo = string
param p1 lit
param p2 'x' | 'y' = 'x'
@allowed(['q', 'r'])
param p3 string = 'q'
param p4 obj = { a: 'x', 'c-d': 'a' }
param p5 lit[]
param p6 { a: string }?
@secure()
param p7 object
@minLength(2)
@maxLength(5)
@description('''multi
line''')
param p8 array
@discriminator('kind')
param p9 A | B
@metadata({ x: 1, description: 'zz' })
param p10 int
@secure()
param p11 string = newGuid()
param p12 nul
param p13 string = utcNow('d')
param p14 bool?
@description('w')
param p15 AB?
param p16 any
param p17 tup
param p18 ['a', 'b'] | ['c']
param p19 { a: 1 } | { b: 2 }
output o1 lit = p1
output o2 { a: string, b: int } = { a: 'x', b: 1 }
output o3 string[] = [for x in p5: x]
@description('oo')
@minLength(1)
output o4 string = 'x'
output o5 AB = { kind: 'a', v: 'x' }
output o6 any = 1
