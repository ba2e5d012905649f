// comments
/* block */
@description('''
a
 b''')
param p string /* inline */ = 'x' // end
param multi object = {
  a: 'x' // c
  // d

  'b.c': [
    1 // x

    2
  ]
  'd': { }
}
var fnn = { fn: (1 + 2) * 3, g: !(p == 'a'), h: ((p)), i: -(1), j: - 1, k: !true }
var unicode = 'é漢\u{1F600}"quote"\\back/slash\ttab'
var tern = p == 'a'
  ? 'x'
  : p == 'b'
    ? 'y'
    : 'z'
var longcat = '${p}${p}${'lit'}${1}${true}'
var emptyInterp = '${p}'
var nestedInterp = 'a${'b${p}c'}d'
#disable-next-line no-unused-vars
var x1 = az.subscription().subscriptionId
var x3 = guid(subscription().id, 'x', resourceGroup().name)
var x4 = first(['a'])!
var x5 = dateTimeAdd('2020-01-01', 'P1D')
var x6 = cidrSubnet('10.0.0.0/16', 24, 0)
var x7 = toLower('A') =~ toUpper('b')
var x8 = union({}, { a: 1 }, multi)
var x9 = contains(['a'], 'a') && (empty([]) || false)
var x10 = join(map(range(0, 3), i => '${i}'), ',')
var x11 = reduce([1, 2], 0, (a, b, i) => a + b + i)
var x12 = sort([{ a: 2 }], (a, b) => a.a < b.a)[0].a
var x13 = [for i in range(0, 3): { '${i}': i }]
var x14 = [for (i, j) in range(0, 3): i == j ? { a: i } : { b: [ j ] }]
var x15 = items({ a: 1 })[0].key
var x16 = tenantResourceId('a/b', 'c')
var x17 = managementGroupResourceId('a/b', 'c')
var x18 = extensionResourceId('x', 'a/b', 'c')
var x19 = environment().authentication.audiences[0]
var x20 = deployer().objectId
var x21 = pickZones('Microsoft.Compute', 'virtualMachines', 'westus')
var x22 = toLogicalZones(subscription().subscriptionId, 'westus', ['1'])
var x23 = parseCidr('10.0.0.0/8').firstUsable
var x24 = fail('x')
var x25 = objectKeys({ a: 1 })
var x26 = flatten([[1], [2]])
var x27 = shallowMerge([{ a: 1 }])
var x28 = format('{0}', 'x')
var x29 = base64ToJson(base64('{}')).a
var x30 = buildUri({ scheme: 'https', host: 'h' })
var x31 = { a: 1, ...multi }
var x32 = [...[1], 2]
var x33 = length(x32) > 1 ? [...x32] : []
output s string = x3
output t object = { x: x22, y: x21 }
