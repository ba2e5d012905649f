using 'main.bicep'
extends 'extending-once.bicepparam'
param f = '${base.a}'
