using none
extends 'base.bicepparam'
param a = 'mid'
