import { describe, expect, it } from "vitest";
import type { Value } from "../expression/value.ts";
import { RULES } from "../rules/index.ts";
import type { PropertyChange } from "./delta.ts";
import { findNoise, NOISE, type NoiseReason } from "./noise.ts";
import { parsePath } from "./property-path.ts";

function change(path: string, before: Value | undefined, after: Value | undefined): PropertyChange {
  const kind = before === undefined ? "create" : after === undefined ? "delete" : "modify";
  return { path: parsePath(path), change: kind, before, after };
}

const ID = "/subscriptions/s/resourceGroups/RG/providers/Microsoft.Search/searchServices/S";

describe("noise of what-if", () => {
  const rows: readonly (readonly [name: string, change: PropertyChange, reason: NoiseReason | undefined])[] = [
    ["a read-only property goes", change("properties.provisioningState", "Succeeded", undefined), "read-only"],
    ["in other letter case", change("Properties.ProvisioningState", "Succeeded", undefined), "read-only"],
    ["the etag goes", change("etag", "x", undefined), "read-only"],
    ["a read-only property is written", change("properties.provisioningState", "Succeeded", "Failed"), undefined],
    ["a read-only property comes", change("properties.endpoint", undefined, "https://x"), undefined],
    ["the same name elsewhere", change("properties.x.provisioningState", "Succeeded", undefined), undefined],
    ["another property goes", change("properties.disableLocalAuth", true, undefined), undefined],
    ["the principal of an identity goes", change("identity.principalId", "p", undefined), undefined],
    ["a tag of the platform", change("tags['hidden-link:x']", undefined, "Resource"), "platform-tag"],
    ["a tag of the author", change("tags.owner", "a", "b"), undefined],
    ["all tags go", change("tags", { a: "b" }, undefined), undefined],
    ["an id in other letter case", change("properties.workspaceId", ID, ID.toLowerCase()), "id-case"],
    ["another id", change("properties.workspaceId", ID, `${ID}2`), undefined],
    ["a text in other letter case", change("properties.publicNetworkAccess", "Enabled", "enabled"), undefined],
    ["the display name of the location", change("location", "West Europe", "westeurope"), "location-format"],
    ["another location", change("location", "West Europe", "northeurope"), undefined],
    ["a location further down", change("properties.location", "West Europe", "westeurope"), undefined],
    ["the location goes", change("location", "westeurope", undefined), undefined],
  ];

  it.each(rows)("%s", (_, difference, reason) => {
    expect(findNoise(difference)).toBe(reason);
  });

  it("has evidence for every row", () => {
    for (const { evidence } of NOISE) expect(evidence).toMatch(/^https:\/\/\S+$/);
    expect(new Set(NOISE.map(({ reason }) => reason)).size).toBe(NOISE.length);
  });

  it("hides nothing that a rule reads", () => {
    const reads = RULES.flatMap((rule) => rule.reads.map((read) => ({ rule: rule.id, ...read })));
    expect(reads.length).toBeGreaterThan(50);
    const hidden = reads.filter(({ path }) => {
      const steps = path.replaceAll("[]", ".0").split(".");
      const prefixes = steps.map((_, index) => steps.slice(0, index + 1).join("."));
      return prefixes.some((prefix) => findNoise(change(prefix, "x", undefined)) !== undefined);
    });
    expect(hidden).toEqual([]);
  });
});
