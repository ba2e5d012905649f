@export()
var B = 1
@export()
var a = 2
@export()
var _c = 3
@export()
var bb = 3
