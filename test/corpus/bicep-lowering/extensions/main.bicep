extension kubernetes with {
  namespace: 'default'
  kubeConfig: 'x'
} as k8s
param name string
resource svc 'core/Service@v1' = {
  metadata: { name: name, namespace: 'default' }
  spec: { clusterIP: name }
}
resource dep 'apps/Deployment@v1' = if (name == 'a') {
  metadata: { name: name }
  spec: any({ x: svc.spec.clusterIP })
}
resource sa 'Microsoft.Storage/storageAccounts@2023-01-01' existing = { name: 'x' }
output o string = svc.spec.clusterIP
output p string = sa.id
