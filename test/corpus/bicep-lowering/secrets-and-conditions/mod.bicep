@secure()
param s string
output o string = ''
