import { mk, Cfg } from 'lib.bicep'
param cfg Cfg = mk('x')
param d string = local(3)
var k = 5
func local(a int) string => 'v${a}-${k}-${loadTextContent('t.txt')}'
func arr(a string[], b { x: int, y: string? }?) array => map(a, q => '${q}${b.?x}')
func nest(a object) object => { ...a, x: { y: a.?z.w ?? 'n' } }
func many(a 'x' | 'y', b int[], c bool, d Cfg) Cfg => c ? d : mk(a)
@sys.description('sysdesc')
@sys.minLength(2)
param s sys.string = 'abc'
@sys.allowed(['aa', 'bb'])
param t string = 'aa'
@sys.secure()
param u sys.object = {}
var concat = 'shadow'
var usesConcat = sys.concat('a', 'b')
output o string = concat
output p array = arr(['a'], { x: 1 })
