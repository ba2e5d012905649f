import { foo, bar as baz, fn, T1 } from 'lib.bicep'
import * as lib from 'lib.bicep'
import { sub } from 'sub/lib2.bicep'
import * as l3 from 'sub/lib3.bicep'
param p T1
param q lib.T2
param r l3.Deep
var x = foo
var y = baz
var z = lib.foo
var w = lib.loop
var ww = l3.content
output a string = fn('x')
output b string = lib.fn2(1)
output c object = sub
output d lib.T2 = {}
output e string = l3.fnx('a')
func local(a string, b int?) string => '${a}${fn(a)}${lib.fn2(b ?? 1)}'
@description('ddd')
@export()
func local2(a T1, b lib.T2[], c 'x'|'y') lib.T2 => { x: c }
