param p string = ''
output o string = p
