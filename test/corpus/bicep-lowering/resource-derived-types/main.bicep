param b resourceInput<'microsoft.storage/storageaccounts@2023-01-01'>.properties.networkAcls
param c resourceInput<'Microsoft.Storage/storageAccounts@2023-01-01'>.properties.networkAcls.ipRules
param d resourceInput<'Microsoft.Storage/storageAccounts@2023-01-01'>.properties.networkAcls.ipRules[*]
param e resourceInput<'Microsoft.Storage/storageAccounts@2023-01-01'>.properties.networkAcls.ipRules[*].value
param f resourceInput<'Microsoft.Storage/storageAccounts@2023-01-01'>.sku.name
param g resourceInput<'Microsoft.Storage/storageAccounts@2023-01-01'>.tags?
param h resourceInput<'Microsoft.Storage/storageAccounts@2023-01-01'>.properties.allowBlobPublicAccess = true
param i resourceInput<'Microsoft.Storage/storageAccounts@2023-01-01'>.identity
param j resourceInput<'Microsoft.Storage/storageAccounts@2023-01-01'>.location
param k resourceInput<'Microsoft.CognitiveServices/accounts@2025-06-01'>.properties
param l resourceInput<'Microsoft.CognitiveServices/accounts@2025-06-01'>.properties.networkAcls.virtualNetworkRules
param m resourceInput<'Microsoft.CognitiveServices/accounts/deployments@2025-06-01'>.sku.capacity
param n resourceInput<'Microsoft.KeyVault/vaults@2023-07-01'>.properties.accessPolicies
param o resourceOutput<'Microsoft.KeyVault/vaults@2023-07-01'>.properties.vaultUri
type q = { r: resourceInput<'Microsoft.KeyVault/vaults@2023-07-01'>.properties.sku, s: resourceInput<'Microsoft.KeyVault/vaults@2023-07-01'>.properties.tenantId? }
type t = q.r.family
output z resourceInput<'Microsoft.KeyVault/vaults@2023-07-01'>.properties.softDeleteRetentionInDays = 4
param y resourceInput<'Microsoft.App/containerApps@2024-03-01'>.properties.template.containers
param x resourceInput<'Microsoft.App/containerApps@2024-03-01'>.properties.template.containers[*].env
param w resourceInput<'Microsoft.Web/sites@2023-12-01'>.properties.siteConfig.appSettings
param v resourceInput<'Microsoft.Network/virtualNetworks@2023-09-01'>.properties.addressSpace.addressPrefixes[*]
param u resourceInput<'Microsoft.Network/virtualNetworks@2023-09-01'>.tags.*
