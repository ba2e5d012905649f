import { describe, expect, it } from "vitest";
import type { PropertyPath } from "../../src/plan/property-path.ts";
import { planFrom } from "../support/templates.ts";

const MAIN = `param names array = ['one', 'two']
param given object
var base = { spread: 'a' }
resource account 'Microsoft.CognitiveServices/accounts@2024-10-01' = {
  name: 'ai'
  tags: {
    ...base
    own: 'b'
    ...given
  }
  properties: union({
    merged: 'c'
  }, names[0] == 'one' ? {
    chosen: [
      'd'
    ]
  } : {})
  sku: {
    name: given.?none ?? base.spread
    joined: concat(names, [
      'three'
    ])
  }
}
`;

const FILES = { "main.bicep": MAIN, "main.bicepparam": "using 'main.bicep'\nparam given = {\n  far: 'e'\n}\n" };

describe("places of values in Bicep files", () => {
  it.each<[PropertyPath, string, number]>([
    [["tags", "spread"], "main.bicep", 3],
    [["tags", "own"], "main.bicep", 8],
    [["tags", "far"], "main.bicepparam", 3],
    [["properties", "merged"], "main.bicep", 12],
    [["properties", "chosen", 0], "main.bicep", 15],
    [["sku", "name"], "main.bicep", 3],
    [["sku", "joined", 1], "main.bicep", 1],
    [["sku", "joined", 2], "main.bicep", 21],
  ])("%j", async (path, file, startLine) => {
    const plan = await planFrom(FILES, "main.bicepparam");
    const [resource] = plan.resources;
    if (resource === undefined) throw new Error("no resource");
    expect(plan.locate(resource, path)).toMatchObject({ file, startLine, precision: "property" });
  });
});

it("a resource stands where it is named, behind its decorators", async () => {
  const text = "@description('first')\n@onlyIfNotExists()\nresource r 'A.B/c@2024-01-01' = {\n  name: 'x'\n}\n";
  const plan = await planFrom({ "main.bicep": text }, "main.bicep");
  const [resource] = plan.resources;
  if (resource === undefined) throw new Error("no resource");
  expect(plan.locate(resource, [])).toMatchObject({ startLine: 3, startColumn: 1, endLine: 5, precision: "resource" });
});
