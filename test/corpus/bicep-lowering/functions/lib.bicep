var prefix = 'p'
@export()
type Cfg = {
  name: string
  @description('inner')
  opt: int?
}
@export()
func mk(a string) Cfg => { name: '${prefix}${a}' }
