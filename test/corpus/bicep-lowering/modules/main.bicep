param cond bool
param names array
module one 'plain.bicep' = { name: 'one', params: { p: 'a' } }
module two 'plain.bicep' = if (cond) { name: 'two', params: { p: one.outputs.out } }
module three 'plain.bicep' = [for (n, i) in names: { name: 'three-${i}', params: { p: n , list: [for x in range(0, i): { v: x, n: n }] } }]
module four 'plain.bicep' = [for n in names: if (cond) { name: 'four-${n}', params: { p: n, q: length(n) } }]
output a string = one.outputs.out
output b string = two.?outputs.out ?? 'none'
output c string = three[0].outputs.out
output d array = [for i in range(0, 3): three[i].outputs.out]
output e array = [for (m, i) in names: four[i].?outputs.?out]
output f string = two!.outputs.obj.a
output g string = three[length(names) - 1].outputs.obj.a
output h string = one.name
output i string = three[1].name
output j object = one.outputs.obj
output k string = one.outputs['out']
output l string = one['outputs'].out
output m string = cond ? one.outputs.out : two.outputs.out
