param a string = ''
param b object = {}
param c array = []
param d int = 0
param e bool = false
@secure()
param s string = ''
@secure()
param s2 string = ''
param f string = ''
param g any = 1
param h object = {}
param i array = []
param j string = ''
param k array = []
param l string?
