import type { PropertyChange } from "./delta.ts";
import type { PropertyPath } from "./property-path.ts";

/** Why a difference is not a change: shown folded away, never left out of the judgement. */
export type NoiseReason = "read-only" | "platform-tag" | "id-case" | "location-format";

interface NoiseRow {
  readonly reason: NoiseReason;
  readonly matches: (change: PropertyChange) => boolean;
  /** Where the behaviour is documented or was measured. */
  readonly evidence: string;
}

/**
 * Properties that the service computes. They stand in `before`, which is read from the resource, and never in a template, so what-if
 * reports them as deleted. No rule reads them (a test holds the table to that).
 */
const READ_ONLY = new Set([
  "etag",
  "systemdata",
  "properties.provisioningstate",
  "properties.etag",
  "properties.creationtime",
  "properties.creationdate",
  "properties.datecreated",
  "properties.createdat",
  "properties.lastmodifiedtime",
  "properties.resourceguid",
  "properties.internalid",
  "properties.callratelimit",
  "properties.capabilities",
  "properties.endpoint",
  "properties.endpoints",
  "properties.ismigrated",
  "properties.quotalimit",
  "properties.skuchangeinfo",
  "properties.primaryendpoints",
  "properties.primarylocation",
  "properties.statusofprimary",
  "properties.vaulturi",
  "properties.outboundipaddresses",
  "properties.inboundipaddress",
  "properties.possibleoutboundipaddresses",
  "identity.tenantid",
]);

const WHAT_IF_NOISE = "https://github.com/Azure/arm-template-whatif";

/** The one table of what-if noise, each row with its evidence. Display only. */
export const NOISE: readonly NoiseRow[] = [
  {
    reason: "read-only",
    matches: (change) => change.change === "delete" && READ_ONLY.has(textKey(change.path)),
    evidence: "https://github.com/Azure/whatifnoise",
  },
  {
    reason: "platform-tag",
    matches: ({ path }) => path[0] === "tags" && String(path[1] ?? "").startsWith("hidden-"),
    evidence: "https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources",
  },
  {
    reason: "id-case",
    matches: ({ before, after }) => isId(before) && isId(after) && before.toLowerCase() === after.toLowerCase(),
    evidence: `${WHAT_IF_NOISE}/issues/83`,
  },
  {
    reason: "location-format",
    matches: ({ path, before, after }) =>
      path.length === 1 && textKey(path) === "location" && sameLocation(before, after),
    evidence: `${WHAT_IF_NOISE}/issues/135`,
  },
];

/** The reason why `change` is noise, or `undefined` when it is a change. */
export function findNoise(change: PropertyChange): NoiseReason | undefined {
  return NOISE.find((row) => row.matches(change))?.reason;
}

function textKey(path: PropertyPath): string {
  return path.join(".").toLowerCase();
}

function isId(value: unknown): value is string {
  return typeof value === "string" && value.startsWith("/");
}

function sameLocation(before: unknown, after: unknown): boolean {
  return typeof before === "string" && typeof after === "string" && locationKey(before) === locationKey(after);
}

function locationKey(location: string): string {
  return location.replaceAll(" ", "").toLowerCase();
}
