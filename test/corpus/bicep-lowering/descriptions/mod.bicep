param x string = ''
