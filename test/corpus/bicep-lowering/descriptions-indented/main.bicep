@description('''
  a
      
    b
 
     c
''')
param a string
@description('x\r\n   y\r\n\r\n    z')
param b string
@description('x\n\n  \ty\n   z\n ')
param c string
@description('x\ny\n  z')
param d string
@description('x\r\n   y\r   q\n    z')
param e string
@description('\n   y\n    z')
param f string
@description('a\n   ')
param g string