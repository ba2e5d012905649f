param cond bool
module one 'mod.bicep' = { name: 'one', params: { p: 'a' } }
module two 'mod.bicep' = if (cond) { params: { p: one.outputs.out, s: one.outputs.sec } }
module three 'mod.bicep' = [for n in range(0,3): { params: { p: '${n}' } }]
module four 'mod.bicep' = [for n in range(0,3): { params: { p: three[n].outputs.out, s: three[n].outputs.sec }, dependsOn: [two] }]
output b string = two.?outputs.out ?? 'none'
output d array = [for i in range(0,2): three[i].outputs.out]
output i string = two.?outputs.?maybe ?? ''
output j string = three[0].?outputs.?maybe ?? ''
