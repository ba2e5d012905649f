module m2 'old.json' = { name: 'm2', params: { p: 'x' } }
output y string = m2.outputs.o
