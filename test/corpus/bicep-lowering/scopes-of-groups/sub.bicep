targetScope='subscription'
output o string = ''
