param p string = 'x'
param q int = 1
param list array = []
output out string = p
output obj object = { a: p }
output num int = q
