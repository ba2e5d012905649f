output o string = ''
