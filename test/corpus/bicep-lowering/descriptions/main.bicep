@description('''
  first   line  

	  second
    third

''')
param a string
@description('  x  \n   y  \n\n  z ')
param b string
@description('''  one  ''')
param c string
@metadata({ description: '''
  q
   r
''' })
param d string
@description('''
  first
   sec
''')
resource x 'Microsoft.Storage/storageAccounts@2023-01-01' existing = { name: 'x' }
@description('''
  - item
    - sub
  - item2
''')
type t = string
@description('''
  - item
    - sub
''')
func f(a string) string => a
@export()
@description('''
  - item
    - sub
''')
var v = 1
@description('''
  - item
    - sub
''')
module m 'mod.bicep' = { name: 'm' }
@description('''
  - item
    - sub
''')
output o string = ''
metadata description = '''
  a
   b
'''
