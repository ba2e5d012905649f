import { helper, HT } from 'sub/lib2.bicep'
import * as ss from 'sub/lib3.bicep'
var private = 'priv'
var inner = [for i in range(0, 2): '${private}${i}']
@export()
var foo = private
@export()
var bar = { a: foo, b: helper }
@export()
var loop = [for (i, idx) in inner: { v: i, i: idx, z: inner[idx] }]
@export()
@description('fn desc')
func fn(a string) string => fn3(a)
func fn3(a string) string => '${a}!'
@export()
func fn2(a int) string => string(a)
@export()
@description('t1')
type T1 = { a: T3, b: HT? }
type T3 = 'x' | 'y'
@export()
type T2 = { *: T3 }
@export()
var unused = ss.content
