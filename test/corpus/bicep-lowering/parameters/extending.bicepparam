using 'main.bicep'
extends 'base2.bicepparam'
param b = { ...base.b, s: base.d }
param j = 'x${base.a}'
