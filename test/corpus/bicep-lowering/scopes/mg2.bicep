targetScope='managementGroup'
param p string = ''
output o string = p
