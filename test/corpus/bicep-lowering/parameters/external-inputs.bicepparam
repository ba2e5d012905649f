using 'main.bicep'
var x = externalInput('sys.cli', 'foo')
param a = x
param f = '${x}-${externalInput('sys.cli', 'foo')}-${externalInput('sys.cli', 'bar')}'
param b = { a: externalInput('my.kind', { z: 1, y: [ 'q' ] }), b: a, c: f }
param h = { plain: 'p' }
param j = externalInput('my-other.kind')
