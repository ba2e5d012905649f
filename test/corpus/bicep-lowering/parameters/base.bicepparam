using none
var bv = 'basevar'
param a = 'base-${bv}'
param b = { q: a, r: 1 }
param d = 3
