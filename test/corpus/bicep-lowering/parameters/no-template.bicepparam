using none
param a = 'x'
