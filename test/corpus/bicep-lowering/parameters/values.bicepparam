using 'main.bicep'
import { lv, lf, loopv } from 'lib.bicep'
import * as lib from 'lib.bicep'
var v1 = 'x'
var v2 = { a: v1, b: [ 1 ] }
param a = '${v1}-${lv}-${lf('q')}-${lib.lf2('zz')}'
param b = union({ z: true }, { l: lib.loopv })
param c = [for (n, i) in loopv: { n: n, i: i }]
param d = length(c) + 9
param e = a == 'x' || !false
param s = az.getSecret('00000000-0000-0000-0000-000000000001', 'rg', 'kv', 'sec')
param s2 = getSecret('00000000-0000-0000-0000-000000000001', 'rg', 'kv', 'sec', 'v1')
param f = readEnvironmentVariable('NOPE_X', 'fb')
param g = null
param h = {
  ...b
  c: c[?0].n
  d: c[^1].n
  '${v1}y': -5
}
param i = map(c, x => x.i * 2)
param j = toLower(base64('Abc'))
