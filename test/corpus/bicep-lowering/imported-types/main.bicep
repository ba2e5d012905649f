import { Shape, Holder, build, consts as C, Opt, Sec } from 'lib.bicep'
import { Leaf, big } from 's/deep.bicep'
import * as lib from 'lib.bicep'
param s Shape
param h Holder
param hs Holder.shape
param hl Holder.leafs[*]
param hl2 Holder.leafs[*].name
param m Holder.map.*
param o Opt
param la lib.Arr
param lb lib.Holder.leaf
param sec Sec
@discriminator('kind')
param su lib.Shape | { kind: 'z' }
type localOpt = Shape?
var v = C.b[1]
var w = lib.consts.a
var x = big.b
output b Holder = build(1, { name: 'x' })
output c lib.Holder = lib.build(2, { name: 'y' })
@secure()
output d string = sec
output e Sec = sec
