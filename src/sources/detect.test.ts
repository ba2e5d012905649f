import { describe, expect, it } from "vitest";
import { GateError } from "../diagnostics/gate-error.ts";
import { recognise } from "./detect.ts";

function kindOf(content: unknown): string {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  try {
    return recognise({ path: "a.txt", name: "a.txt", text }).source;
  } catch (error) {
    if (error instanceof GateError) return `${error.code}: ${error.message}`;
    throw error;
  }
}

const hintOf = (text: string): string => {
  try {
    recognise({ path: "a.txt", name: "a.txt", text });
  } catch (error) {
    if (error instanceof GateError) return error.hint;
  }
  return "";
};

const schema = (name: string) => `https://schema.management.azure.com/schemas/2019-04-01/${name}.json#`;

describe("what a document is, from its content", () => {
  it.each([
    ["the body of a what-if", { status: "Succeeded", properties: { changes: [] } }, "arm-what-if"],
    ["a what-if without the properties level", { status: "Succeeded", changes: [] }, "arm-what-if"],
    [
      "what a tool saves of it",
      { changes: [], diagnostics: null, error: null, potentialChanges: null, status: "Succeeded" },
      "arm-what-if",
    ],
    ["a what-if without status", { changes: [] }, "arm-what-if"],
    ["a failed what-if", { status: "Failed", error: { code: "X", message: "y" } }, "arm-what-if"],
    ["an error of Resource Manager", { error: { code: "X", message: "y" } }, "arm-what-if"],
    ["a what-if whose changes are missing", { status: "Succeeded", properties: {} }, "arm-what-if"],
    ["a resource group template", { $schema: schema("deploymentTemplate"), resources: [] }, "arm-template"],
    ["a subscription template", { $schema: schema("subscriptionDeploymentTemplate"), resources: [] }, "arm-template"],
    [
      "a management group template",
      { $schema: schema("managementGroupDeploymentTemplate"), resources: [] },
      "arm-template",
    ],
    ["a tenant template", { $schema: schema("tenantDeploymentTemplate"), resources: [] }, "arm-template"],
    ["a template without schema", { contentVersion: "1.0.0.0", resources: {} }, "arm-template"],
    [
      "a template with comments",
      `// AI\n{ "$schema": "${schema("deploymentTemplate")}", /* x */ "resources": [], }`,
      "arm-template",
    ],
    [
      "a template with comments inside",
      `{ /* x */ "$schema": "${schema("deploymentTemplate")}", "resources": [], }`,
      "arm-template",
    ],
    ["a Terraform plan", { format_version: "1.2", resource_changes: [] }, "terraform-plan"],
    [
      "a Terraform state",
      { format_version: "1.0", values: {} },
      "SOURCE_UNRECOGNISED: a.txt is JSON, but not a plan document",
    ],
    ["a Pulumi preview", { steps: [], changeSummary: { create: 1 } }, "pulumi-preview"],
    [
      "Pulumi engine events",
      '{"sequence":1,"timestamp":1700000000}\n{"sequence":2,"timestamp":1700000001}\n',
      "pulumi-preview",
    ],
    ["Bicep", "targetScope = 'resourceGroup'\n", "bicep"],
    ["Bicep after comments", "// AI\n\nparam location string = 'westeurope'\n", "bicep"],
    ["Bicep parameters", "using 'main.bicep'\nparam x = 1\n", "bicep"],
    ["a byte order mark before JSON", `\uFEFF${JSON.stringify({ changes: [] })}`, "arm-what-if"],
    ["blanks before JSON", `\n\n ${JSON.stringify({ changes: [] })}`, "arm-what-if"],
  ])("%s", (_, content, expected) => {
    expect(kindOf(content)).toBe(expected);
  });

  it.each([
    [
      "both what-if and template",
      { changes: [], $schema: schema("deploymentTemplate"), resources: [] },
      "SOURCE_AMBIGUOUS: a.txt could be arm-what-if or arm-template",
    ],
    [
      "both Terraform and Pulumi",
      { format_version: "1.2", resource_changes: [], steps: [], duration: 1 },
      "SOURCE_AMBIGUOUS: a.txt could be terraform-plan or pulumi-preview",
    ],
    [
      "a parameter file",
      { $schema: schema("deploymentParameters"), parameters: {} },
      "SOURCE_UNRECOGNISED: a.txt is a parameter file",
    ],
    ["a report", { schemaVersion: "1", verdict: "allow" }, "SOURCE_UNRECOGNISED: a.txt is a Portcullis report"],
    [
      "a recorded exchange",
      [{ request: {}, response: {} }],
      "SOURCE_UNRECOGNISED: a.txt is a recorded HTTP exchange, not a plan document",
    ],
    [
      "a bare list of changes",
      [{ changeType: "Create", resourceId: "/x" }],
      "SOURCE_UNRECOGNISED: a.txt is a bare list of changes",
    ],
    ["an array", [], "SOURCE_UNRECOGNISED: a.txt is a JSON array, not a plan document"],
    ["an empty object", {}, "SOURCE_UNRECOGNISED: a.txt is JSON, but not a plan document"],
    ["another object", { name: "package" }, "SOURCE_UNRECOGNISED: a.txt is JSON, but not a plan document"],
    ["the answer of a health check", { status: "ok" }, "SOURCE_UNRECOGNISED: a.txt is JSON, but not a plan document"],
    ["a number", "42", "SOURCE_UNRECOGNISED: a.txt is not a plan document"],
    ["a JSON text", '"text"', "SOURCE_UNRECOGNISED: a.txt is not a plan document"],
    [
      "the text of a what-if",
      "Note: The result may contain false positive predictions (noise).\n\nResource and property changes are indicated with these symbols:\n  + Create\n",
      "SOURCE_UNRECOGNISED: a.txt is the pretty-printed text of a what-if",
    ],
    [
      "the text of a what-if with metadata",
      'Resource and property changes are indicated with these symbols:\n  + Create\n\n    type: "Microsoft.Foo/bars"\n    metadata: {\n',
      "SOURCE_UNRECOGNISED: a.txt is the pretty-printed text of a what-if",
    ],
    [
      "the text of a Terraform plan",
      'Terraform will perform the following actions:\n\n  + resource "x" "y" {\n',
      "SOURCE_UNRECOGNISED: a.txt is the text of a Terraform plan",
    ],
    ["Markdown", "# Title\n\ntext\n", "SOURCE_UNRECOGNISED: a.txt is a Markdown or text file, not a plan document"],
    [
      "Terraform configuration",
      'resource "azurerm_x" "y" {\n}\n',
      "SOURCE_UNRECOGNISED: a.txt is Terraform configuration",
    ],
    ["prose", "nothing to see", "SOURCE_UNRECOGNISED: a.txt is not a plan document"],
    ["JSON that ends too early", '{ "changes": [', "SOURCE_NOT_JSON: a.txt is not valid JSON"],
    ["JSON with a mistake", '{\n  "a": 1\n  "b": 2\n}', "SOURCE_NOT_JSON: a.txt is not valid JSON (line 3, column 3)"],
  ])("refuses %s", (_, content, expected) => {
    expect(kindOf(content).slice(0, expected.length)).toBe(expected);
    if (!expected.startsWith("SOURCE_NOT_JSON")) expect(kindOf(content)).toBe(expected);
  });

  it.each([
    ["Resource and property changes are indicated with these symbols:", "--no-pretty-print"],
    ["Terraform will perform the following actions:", "terraform show -json"],
    ['[{"request":{},"response":{}}]', "body of its last response"],
    ['{"schemaVersion":"1","verdict":"allow"}', "portcullis merge"],
  ])("says what to give in place of %j", (text, hint) => {
    expect(hintOf(text)).toContain(hint);
  });

  it("never looks at the name", () => {
    const text = JSON.stringify({ changes: [] });
    for (const name of ["main.bicep", "plan.tfplan", "x", "whatif.json"])
      expect(recognise({ path: name, name, text }).source).toBe("arm-what-if");
  });
});
