import { describe, expect, it } from "vitest";
import { parseResourceId } from "./resource-id.ts";

const GROUP = "/subscriptions/S/resourceGroups/G";

describe("resource id", () => {
  it("takes a child resource apart", () => {
    expect(parseResourceId(`${GROUP}/providers/Microsoft.CognitiveServices/accounts/A/deployments/D`)).toMatchObject({
      type: "Microsoft.CognitiveServices/accounts/deployments",
      name: "A/D",
      parentKey: "/subscriptions/s/resourcegroups/g/providers/microsoft.cognitiveservices/accounts/a",
      scopeKey: "/subscriptions/s/resourcegroups/g",
      subscriptionId: "S",
      resourceGroup: "G",
    });
  });

  it("names the resource that an extension is attached to", () => {
    const account = `${GROUP}/providers/Microsoft.CognitiveServices/accounts/A`;
    const id = parseResourceId(`${account}/providers/Microsoft.Insights/diagnosticSettings/d`);
    expect(id).toMatchObject({
      type: "Microsoft.Insights/diagnosticSettings",
      name: "d",
      parentKey: null,
      scopeKey: account.toLowerCase(),
    });
  });

  it.each([
    [GROUP, "Microsoft.Resources/resourceGroups", "G", "/subscriptions/s"],
    ["/subscriptions/S", "Microsoft.Resources/subscriptions", "S", "/"],
    ["/providers/Microsoft.Management/managementGroups/M", "Microsoft.Management/managementGroups", "M", "/"],
    ["/providers/Microsoft.Authorization/roleDefinitions/R", "Microsoft.Authorization/roleDefinitions", "R", "/"],
    [
      "/subscriptions/S/providers/Microsoft.Security/pricings/AI",
      "Microsoft.Security/pricings",
      "AI",
      "/subscriptions/s",
    ],
  ])("reads %s", (text, type, name, scopeKey) => {
    expect(parseResourceId(text)).toMatchObject({ type, name, scopeKey });
  });

  it.each([
    "",
    "x",
    "/",
    "/invalid/json",
    "/subscriptions/",
    `${GROUP}/providers/Microsoft.Storage/storageAccounts`,
    "//providers/a/b/",
  ])("refuses %j", (text) => {
    expect(parseResourceId(text)).toBeNull();
  });

  it("is not confused by letters whose lower case is longer", () => {
    expect(
      parseResourceId("/subscriptions/S/resourceGroups/rg-İİ/providers/Microsoft.Search/searchServices/s"),
    ).toMatchObject({
      type: "Microsoft.Search/searchServices",
      name: "s",
      resourceGroup: "rg-İİ",
      scopeKey: "/subscriptions/s/resourcegroups/rg-i̇i̇",
    });
    expect(parseResourceId("/providers/Microsoft.Management/managementGroups/İ/providers/A.B/c/d/e/f")).toMatchObject({
      type: "A.B/c/e",
      name: "d/f",
      scopeKey: "/providers/microsoft.management/managementgroups/i̇",
      parentKey: "/providers/microsoft.management/managementgroups/i̇/providers/a.b/c/d",
    });
  });

  it("compares without letter case", () => {
    const lower = parseResourceId(`${GROUP.toLowerCase()}/providers/microsoft.search/searchservices/s/`);
    const upper = parseResourceId(`${GROUP}/providers/Microsoft.Search/searchServices/S`);
    expect(lower?.key).toBe(upper?.key);
  });
});
