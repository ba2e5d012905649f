targetScope='subscription'
param p string = ''
output o string = p
