import { tp, fo, exv, lp } from 'tmpl.json'
import * as T from 'tmpl.json'
param a tp
param b tp.a
param c T.tp.b[*]
module m 'tmpl.json' = { name: 'm', params: { p: 'x', o: { a: 1 } } }
module m2 'old.json' = { name: 'm2', params: { p: m.outputs.so } }
output x string = m.outputs.out.x
output y string = m2.outputs.o
output z string = fo('a', 'x')
output w object = exv
output v array = lp
output u array = T.lp
