@description('x')
@validate(x => startsWith(x, 'a'), 'must start with a')
@minLength(2)
param name string = 'aaa'
@validate(x => x > 3)
param num int
@validate(x => x > 3)
output o int = 4
type obs = { a: 1 }[]
type tups = [1, 'x'][]
type obu = ({ b: 1 } | { a: 'x', z: true })[]
type mixd = ({ b: 1 } | { a: 'x', z: true })?
