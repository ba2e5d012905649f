param p string = 'x'
@secure()
param s string = ''
param arr array = []
param obj object = {}
output out string = p
output arr array = arr
@secure()
output sec string = s
output maybe string? = p
