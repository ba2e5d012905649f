import {
  ANY,
  ARRAY,
  BOOL,
  INT,
  NEVER,
  NULL,
  OBJECT,
  STRING,
  STRING_ARRAY,
  arrayOf,
  objectOf,
  stringLiteral,
  type BicepType,
  type ObjectType,
} from "../types/type.ts";
import { unionOf } from "../types/union.ts";

/** The encodings that files can be loaded with. */
const ENCODINGS = ["iso-8859-1", "us-ascii", "utf-16", "utf-16BE", "utf-8"];

/** The types that signatures of functions name. */
export function namedTypes(): ReadonlyMap<string, BicepType> {
  const scalar = unionOf([STRING, INT, BOOL]);
  return new Map<string, BicepType>([
    ["any", ANY],
    ["array", ARRAY],
    ["array|string", unionOf([ARRAY, STRING])],
    ["array[]", arrayOf(ARRAY)],
    ["bool", BOOL],
    ["cidr", allTexts("parseCidr", ["network", "netmask", "broadcast", "firstUsable", "lastUsable"], { cidr: INT })],
    ["container", unionOf([NULL, OBJECT, ARRAY, STRING])],
    ["deployer", allTexts("deployer", ["objectId", "tenantId", "userPrincipalName"])],
    ["encoding", unionOf(ENCODINGS.map((name) => stringLiteral(name)))],
    ["environment", environmentType()],
    ["hash", { kind: "string", minLength: 13, maxLength: 13 }],
    ["int", INT],
    ["int0+", { kind: "int", min: 0n }],
    ["int[]", arrayOf(INT)],
    ["never", NEVER],
    ["object", OBJECT],
    ["object[]", arrayOf(OBJECT)],
    ["scalar", scalar],
    ["scalar[]", arrayOf(scalar)],
    ["secret", STRING],
    ["string", STRING],
    ["string|int", unionOf([STRING, INT])],
    ["string|object", unionOf([STRING, OBJECT])],
    ["string[]", STRING_ARRAY],
    ["string[1+]", arrayOf(STRING, 1)],
    ["uri", allTexts("parseUri", ["scheme", "host", "path", "query"], { port: INT })],
    ["uriParts", uriParts()],
    ["uuid", { kind: "string", minLength: 36, maxLength: 36 }],
  ]);
}

/** An object whose members are texts, but for `others`. */
export function allTexts(
  name: string,
  members: readonly string[],
  others: Readonly<Record<string, BicepType>> = {},
): ObjectType {
  return objectOf(name, { ...Object.fromEntries(members.map((member) => [member, STRING])), ...others });
}

function uriParts(): ObjectType {
  const { properties } = allTexts("parseUri", ["scheme", "host", "path", "query"], { port: INT });
  const required = [...properties].map(([name, property]): [string, typeof property] => [
    name,
    { ...property, required: name === "scheme" || name === "host" },
  ]);
  return { kind: "object", name: "parseUri", properties: new Map(required) };
}

/** @see https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions-deployment#environment */
function environmentType(): ObjectType {
  const texts = [
    "activeDirectoryDataLake",
    "batch",
    "gallery",
    "graph",
    "graphAudience",
    "media",
    "name",
    "portal",
    "resourceManager",
    "sqlManagement",
    "vmImageAliasDoc",
  ];
  return allTexts("environment", texts, {
    authentication: allTexts("authenticationProperties", ["identityProvider", "loginEndpoint", "tenant"], {
      audiences: STRING_ARRAY,
    }),
    suffixes: allTexts("suffixesProperties", [
      "acrLoginServer",
      "azureDatalakeAnalyticsCatalogAndJob",
      "azureDatalakeStoreFileSystem",
      "azureFrontDoorEndpointSuffix",
      "keyvaultDns",
      "sqlServerHostname",
      "storage",
    ]),
  });
}
