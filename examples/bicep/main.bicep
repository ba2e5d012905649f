@description('Name of the account; also its subdomain.')
param name string

@description('Capacity of the model deployment, in thousands of tokens a minute.')
param capacity int = 20

param location string = resourceGroup().location

module account 'modules/account.bicep' = {
  name: 'account'
  params: {
    name: name
    location: location
    keysAllowed: true
  }
}

resource model 'Microsoft.CognitiveServices/accounts/deployments@2024-10-01' = {
  name: '${name}/gpt-4o'
  sku: { name: 'Standard', capacity: capacity }
  properties: {
    model: { format: 'OpenAI', name: 'gpt-4o', version: '2024-11-20' }
    raiPolicyName: 'Microsoft.DefaultV2'
  }
  dependsOn: [account]
}

output endpoint string = account.outputs.endpoint
