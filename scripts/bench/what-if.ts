/** A what-if result with `size` resources of the kinds that a real platform repository has, most of them unchanged. */
export function whatIfOfSize(size: number): object {
  return { status: "Succeeded", properties: { changes: Array.from({ length: size }, (_, index) => changeAt(index)) } };
}

const GROUP = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-bench";
const CHANGE_TYPES = ["NoChange", "NoChange", "NoChange", "Modify", "Create", "Ignore"];

function changeAt(index: number): object {
  const changeType = CHANGE_TYPES[index % CHANGE_TYPES.length];
  const before = bodyAt(index, 0);
  const after = bodyAt(index, changeType === "Modify" ? 1 : 0);
  return { resourceId: before.id, changeType, ...(changeType === "Create" ? {} : { before }), after };
}

function bodyAt(index: number, version: number) {
  const kinds = [accountAt, storageAt, siteAt, endpointAt, deploymentAt];
  const kind = kinds[index % kinds.length] ?? accountAt;
  return kind(index, version);
}

function body(index: number, type: string, members: object) {
  const name = `res${index}`;
  return {
    id: `${GROUP}/providers/${type}/${name}`,
    type,
    name,
    apiVersion: "2025-06-01",
    location: "swedencentral",
    tags: { environment: "prod", owner: "platform" },
    ...members,
  };
}

function accountAt(index: number, version: number) {
  const networkAcls = {
    defaultAction: "Deny",
    ipRules: [{ value: "203.0.113.0/28" }, { value: "198.51.100.7" }],
    virtualNetworkRules: [],
  };
  return body(index, "Microsoft.CognitiveServices/accounts", {
    kind: "OpenAI",
    sku: { name: "S0" },
    identity: { type: "SystemAssigned", principalId: `00000000-0000-4000-8000-${String(index).padStart(12, "0")}` },
    properties: {
      customSubDomainName: `res${index}`,
      disableLocalAuth: version === 0,
      publicNetworkAccess: "Disabled",
      networkAcls,
    },
  });
}

function storageAt(index: number, version: number) {
  return body(index, "Microsoft.Storage/storageAccounts", {
    kind: "StorageV2",
    sku: { name: version === 0 ? "Standard_LRS" : "Standard_ZRS" },
    properties: {
      accessTier: "Hot",
      minimumTlsVersion: "TLS1_2",
      allowBlobPublicAccess: false,
      supportsHttpsTrafficOnly: true,
      encryption: {
        keySource: "Microsoft.Storage",
        services: { blob: { enabled: true, keyType: "Account" }, file: { enabled: true, keyType: "Account" } },
      },
      networkAcls: {
        bypass: "AzureServices",
        defaultAction: "Deny",
        ipRules: [{ value: "203.0.113.0/28", action: "Allow" }],
      },
    },
  });
}

function siteAt(index: number, version: number) {
  const appSettings = Array.from({ length: 12 }, (_, n) => ({
    name: `SETTING_${n}`,
    value: `value ${n} of version ${version}`,
  }));
  return body(index, "Microsoft.Web/sites", {
    kind: "app,linux",
    properties: {
      httpsOnly: true,
      serverFarmId: `${GROUP}/providers/Microsoft.Web/serverfarms/plan`,
      siteConfig: { linuxFxVersion: "NODE|24-lts", minTlsVersion: "1.2", appSettings },
    },
  });
}

function endpointAt(index: number) {
  const privateLinkServiceId = `${GROUP}/providers/Microsoft.CognitiveServices/accounts/res${index - 3}`;
  return body(index, "Microsoft.Network/privateEndpoints", {
    properties: {
      subnet: { id: `${GROUP}/providers/Microsoft.Network/virtualNetworks/vnet/subnets/pe` },
      privateLinkServiceConnections: [{ name: "link", properties: { privateLinkServiceId, groupIds: ["account"] } }],
    },
  });
}

function deploymentAt(index: number, version: number) {
  const name = `res${index - 4}/gpt`;
  return {
    id: `${GROUP}/providers/Microsoft.CognitiveServices/accounts/res${index - 4}/deployments/gpt`,
    type: "Microsoft.CognitiveServices/accounts/deployments",
    name,
    apiVersion: "2025-06-01",
    sku: { name: "Standard", capacity: version === 0 ? 50 : 60 },
    properties: {
      model: { format: "OpenAI", name: "gpt-4o", version: "2024-11-20" },
      raiPolicyName: "Microsoft.DefaultV2",
    },
  };
}
