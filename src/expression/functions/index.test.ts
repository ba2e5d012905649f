import { describe, expect, it } from "vitest";
import { foldName } from "../dotnet/casing.ts";
import { FUNCTIONS } from "./index.ts";

/* https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions, read in 2025 */
const DOCUMENTED = `
  array concat contains createArray distinct empty first flatten indexFromEnd indexOf intersection last lastIndexOf length max min range
  skip take tryIndexFromEnd union
  parseCidr cidrSubnet cidrHost
  coalesce equals less lessOrEquals greater greaterOrEquals
  dateTimeAdd dateTimeFromEpoch dateTimeToEpoch utcNow
  deployer deployment environment parameters variables fail
  filter groupBy map mapValues reduce sort toObject lambdaVariables
  and bool false if not or true
  add copyIndex div float int mod mul sub
  createObject items json null objectKeys shallowMerge tryGet
  extensionResourceId list* pickZones providers reference references resourceId managementGroupResourceId subscriptionResourceId
  tenantResourceId toLogicalZone toLogicalZones toPhysicalZone toPhysicalZones
  managementGroup resourceGroup subscription tenant
  base64 base64ToJson base64ToString buildUri dataUri dataUriToString endsWith format guid join like newGuid padLeft parseUri replace split
  startsWith string substring toLower toUpper trim uniqueString uri uriComponent uriComponentToString
`;
/** Known to the engine, not to the documentation. */
const UNDOCUMENTED = "extensions externalInputs resourceInfo roleDefinitions";

describe("the functions", () => {
  it("are the documented ones and those that the engine knows besides", () => {
    const expected = `${DOCUMENTED} ${UNDOCUMENTED}`.trim().split(/\s+/);
    expect(FUNCTIONS.map(({ name }) => name).toSorted()).toEqual(expected.toSorted());
  });

  it("have names of their own", () => {
    expect(new Set(FUNCTIONS.map(({ name }) => foldName(name))).size).toBe(FUNCTIONS.length);
  });

  it.each(FUNCTIONS)("$name says where it is documented and how many arguments it takes", (definition) => {
    expect(definition.documentation).toMatch(/^https:\/\/learn\.microsoft\.com\/azure\/azure-resource-manager\//);
    expect(definition.required ?? definition.parameters.length).toBeLessThanOrEqual(definition.parameters.length);
  });
});
