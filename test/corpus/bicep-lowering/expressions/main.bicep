var a = { b: { c: [ 1, 2 ] } }
param o object
param i int
param s string
var v1 = o.?x
var v2 = o.?x.y
var v3 = o.?x.?y.z
var v4 = o[?'x']
var v5 = o[?s]
var v6 = o[?s].y[0]
var v7 = a.b.c[^1]
var v8 = o.list[?^2]
var v9 = o.?list[^1].x
var v10 = (o.?x).y
var v11 = o.x!.y
var v12 = o.?x!.y
var v13 = any(o.?x).y
var v14 = [1, 2, 3][0]
var v15 = { a: 1 }.a
var v16 = 1
var v17 = o['a-b'].c['d']
var v18 = o['${s}'].x
var v19 = -i
var v20 = -5
var v21 = - (5)
var v22 = !true
var v23 = 2147483648
var v24 = [2147483648, -2147483649]
var v25 = i + 2147483648
var v26 = s == 'a' && i > 3 || i <= 2 || i >= 4 || i < 1 || s != 'b' || s =~ 'B' || s !~ 'c'
var v27 = i % 2 * 3 / 4 - 1
var v28 = o ?? { a: 1 }
var v29 = i > 1 ? 'x' : i < 0 ? 'y' : 'z'
var v30 = '${s}-${i}-{}-{0}'
var v31 = 'it\'s \u{1F600} \n \t \\ \$ \${x}'
var v32 = '''
multi ${s} 'quotes'
'''
var v33 = $'''
inter ${s} line {
'''
var v34 = $$'''
a ${s} $${s}
'''
var v35 = []
var v36 = {}
var v37 = [ ...v35, 1, ...[2, 3] ]
var v38 = { ...a, x: 1, ...{ y: 2 } }
var v39 = { copy: 1, Copy: 2 }
var v40 = { '${s}': 1, 'a${s}b': { '[x]': 1, '[y': 2 } }
var v41 = '[test]'
var v42 = '[test'
var v43 = '[[x]'
var v44 = [ '[a]', '[', '[]', ']' ]
var v45 = concat('[a]', s)
var v46 = map([1,2], x => x * 2)
var v47 = map([1,2], (x, i) => x + i)
var v48 = reduce([1,2], 0, (cur, next) => cur + next)
var v49 = sort(['b','a'], (x, y) => x < y)
var v50 = toObject(['a'], k => k, v => { x: v })
var v51 = groupBy([{a:'1'}], x => x.a)
var v52 = mapValues({a:1}, x => x)
var v53 = filter([1,2], x => x > 1 && x < i)
var v54 = [for x in [1,2]: x]
var v55 = [for (x, idx) in o.list: { a: x.y, b: idx }]
var v56 = [for x in range(0, 3): 'n${x}']
var v57 = [for x in range(0, 3): x]
var v58 = [for x in range(0, 3): true]
var v59 = [for x in range(0, 3): [x, x]]
var v60 = [for x in range(0, 3): 'lit']
var v61 = [for x in range(0, 3): null]
var v62 = sys.concat('a', 'b')
var v63 = az.resourceId('a/b', 'c')
var v64 = null
var v65 = true ? null : {}
var v66 = any('x')
var v67 = any({ a: any([1]) })
var v68 = json('{"a": 1.5}')
var v69 = nameof(v68)
var v70 = nameof(o.x.y)
var v71 = length(v35) == 0 ? [] : [s]
var v72 = deployment().name
var v73 = environment().suffixes.storage
var v74 = subscription().id
var v75 = items(o)
var v76 = empty('') ? 'a' : 'b'
var v77 = [ // comment
  1
  2, 3
]
var v78 = { a: true, b: false, c: null, d: 1, e: 'x', f: [ true, null, { g: 1 } ] }
var v79 = if1
var if1 = 3
var v80 = { 'true': 1, 'null': 2, if: 3 }
var v81 = v80['true']
var v82 = contains(o, 'x') ? o.x : null
var v83 = o.a.b.c.d[0][1]['e']
var v84 = 'a' == 'b' ? [1] : [...[2]]
var v85 typed = 'x'
type typed = string
var v86 string[] = ['a']
@description('d')
var v87 = 1
@export()
var v88 = 2
@export()
@description('vv')
var v89 object = { a: 1 }
var v90 = 9223372036854775807
var v91 = -9223372036854775808
