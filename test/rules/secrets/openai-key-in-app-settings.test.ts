import { Unknown, type Value } from "../../../src/expression/value.ts";
import { openaiKeyInAppSettings } from "../../../src/rules/secrets/openai-key-in-app-settings.ts";
import { account, resource } from "../../support/resources.ts";
import { testRule } from "../../support/test-rule.ts";

const site = (...appSettings: Value[]) =>
  resource("Microsoft.Web/sites", "app", { properties: { siteConfig: { appSettings } } });
const setting = (name: string, value: Value) => ({ name, value });
const config = (name: string, properties: Value) =>
  resource("Microsoft.Web/sites/config", `app/${name}`, { properties });
const containerApp = (secrets: Value, env: Value = []) =>
  resource("Microsoft.App/containerApps", "api", {
    properties: { configuration: { secrets }, template: { containers: [{ name: "api", env }] } },
  });
const listKeys = new Unknown(
  "unresolved-expression",
  "listKeys(resourceId('Microsoft.CognitiveServices/accounts', 'aoai'), '2025-06-01').key1",
);
const reference = new Unknown(
  "unresolved-expression",
  "reference(resourceId('Microsoft.Insights/components', 'ai'), '2020-02-02').ConnectionString",
);
const parameter = new Unknown("unresolved-expression", "parameters('apiKey')");
/** In the format of an account key, and none: every character is made up. */
const KEY = `${"a1B2".repeat(13)}JQQJ99AAACAAAAAAAAAAAAAAaaaaaaaaa`;
const AT = "properties.siteConfig.appSettings[0].value";

testRule(openaiKeyInAppSettings, {
  pass: [
    { name: "an endpoint", after: site(setting("AZURE_OPENAI_ENDPOINT", "https://aoai.openai.azure.com/")) },
    {
      name: "a key vault reference",
      after: site(setting("AZURE_OPENAI_KEY", "@Microsoft.KeyVault(VaultName=kv;SecretName=key)")),
    },
    { name: "the name of a key, not a key", after: site(setting("OPENAI_KEY_VAULT_NAME", "kv-contoso")) },
    {
      name: "what a resource shows to every reader",
      after: site(setting("APPLICATIONINSIGHTS_CONNECTION_STRING", reference)),
    },
    { name: "no settings", after: resource("Microsoft.Web/sites", "app", { properties: {} }) },
    { name: "other site configuration", after: config("web", { appCommandLine: KEY }) },
    {
      name: "container app secret from key vault",
      after: containerApp([{ name: "key", keyVaultUrl: "https://kv.vault.azure.net/secrets/key" }]),
    },
    { name: "a hash is no key", after: site(setting("BUILD_HASH", "0123456789abcdef0123456789abcdef")) },
  ],
  fail: [
    { name: "filled from listKeys", after: site(setting("AZURE_OPENAI_KEY", listKeys)), at: AT },
    { name: "a literal key", after: site(setting("SETTING", KEY)), at: AT },
    {
      name: "an older key under a telling name",
      after: site(setting("AZURE_OPENAI_KEY", "0123456789abcdef0123456789abcdef")),
      at: AT,
    },
    {
      name: "settings as a resource of their own",
      after: config("appsettings", { AZURE_OPENAI_KEY: listKeys }),
      at: "properties.AZURE_OPENAI_KEY",
    },
    {
      name: "connection strings as a resource of their own",
      after: config("connectionstrings", { Store: { value: KEY, type: "Custom" } }),
      at: "properties.Store.value",
    },
    {
      name: "a connection string",
      after: resource("Microsoft.Web/sites", "app", {
        properties: { siteConfig: { connectionStrings: [{ name: "c", connectionString: KEY }] } },
      }),
      at: "properties.siteConfig.connectionStrings[0].connectionString",
    },
    {
      name: "container app secret",
      after: containerApp([{ name: "key", value: listKeys }]),
      at: "properties.configuration.secrets[0].value",
    },
    {
      name: "container environment",
      after: containerApp([], [setting("KEY", KEY)]),
      at: "properties.template.containers[0].env[0].value",
    },
    {
      name: "job secret",
      after: resource("Microsoft.App/jobs", "job", {
        properties: {
          configuration: { secrets: [{ name: "key", value: listKeys }] },
          template: { containers: [{ env: [setting("A", "b")] }] },
        },
      }),
      at: "properties.configuration.secrets[0].value",
    },
    {
      name: "container group",
      after: resource("Microsoft.ContainerInstance/containerGroups", "aci", {
        properties: { containers: [{ name: "c", properties: { environmentVariables: [setting("KEY", listKeys)] } }] },
      }),
      at: "properties.containers[0].properties.environmentVariables[0].value",
    },
    {
      name: "slot setting",
      after: resource("Microsoft.Web/sites/slots", "app/blue", {
        properties: {
          siteConfig: {
            appSettings: [setting("K", listKeys)],
            connectionStrings: [{ name: "c", connectionString: "x" }],
          },
        },
      }),
      at: AT,
    },
    {
      name: "settings of a slot",
      after: resource("Microsoft.Web/sites/slots/config", "app/blue/appsettings", { properties: { K: listKeys } }),
      at: "properties.K",
    },
    {
      name: "connection strings of a slot",
      after: resource("Microsoft.Web/sites/slots/config", "app/blue/connectionstrings", {
        properties: { K: { value: listKeys } },
      }),
      at: "properties.K.value",
    },
  ],
  open: [
    { name: "a parameter without a value", after: site(setting("AZURE_OPENAI_KEY", parameter)), at: AT },
    {
      name: "settings not known",
      after: resource("Microsoft.Web/sites", "app", { properties: { siteConfig: new Unknown("runtime-function") } }),
      at: "properties",
    },
  ],
  notApplicable: [{ name: "AI account", after: account() }],
  caseSensitive: [
    "properties.siteConfig.appSettings[].value",
    "properties.siteConfig.connectionStrings[].connectionString",
    "properties.configuration.secrets[].value",
    "properties.template.containers[].env[].value",
    "properties.containers[].properties.environmentVariables[].value",
    "properties.*",
    "properties.*.value",
  ],
});
