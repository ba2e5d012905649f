@export()
var helper = 'h'
@export()
type HT = { x: int }
@export()
var sub = { a: helper }
@export()
var notused = 1
