import * as deep from 's/deep.bicep'
import { Leaf as L2, mk } from 's/deep.bicep'
@export()
@discriminator('kind')
type Shape = deep.Circle | Square | { kind: 'tri', a: int }
type Square = { kind: 'sq', side: Side }
type Side = int
@export()
type Holder = {
  @description('the shape')
  shape: Shape
  leaf: L2?
  leafs: L2[]
  map: { *: deep.Leaf }
}
@export()
func build(a Side, l L2) Holder => { shape: { kind: 'sq', side: a }, leafs: [ l ], map: mk(l) }
@export()
var consts = { a: deep.num, b: [ deep.arr[0], deep.text ] }
@export()
type Opt = Holder?
@export()
type Arr = Holder[]
@export()
@minLength(2)
@secure()
type Sec = string
