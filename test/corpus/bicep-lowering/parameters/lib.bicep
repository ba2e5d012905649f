@export()
var lv = 'lv-${inner}'
var inner = 'in'
@export()
func lf(x string) string => '${x}'
@export()
func lf2(x string) string => lf3(x)
func lf3(x string) string => toUpper(x)
var inner2x = 1
@export()
var loopv = [for x in range(0,3): 'n${x}']
