using none
param a = 'base'
param b = { q: 1, r: 1 }
param d = 3
