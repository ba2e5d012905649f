targetScope='tenant'
output o string = ''
