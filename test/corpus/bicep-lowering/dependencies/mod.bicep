param a string
param b string
param c string
output o string = a
