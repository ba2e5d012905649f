import * as v from "valibot";
import { sameText } from "../../lib/arm-text.ts";
import { type IpRange, parseIpRange } from "../../lib/ip-range.ts";
import type { PropertyReader } from "../../plan/property-reader.ts";
import type { Reading } from "../../plan/reading.ts";
import { defineRule } from "../define-rule.ts";
import { fail, notApplicable, open, type Outcome, pass } from "../outcome.ts";
import { resourceType } from "../selectors.ts";

const ACCESS = "properties.publicNetworkAccess";

/** Where each type keeps its allow list, and what a member calls the range. */
const LISTS = [
  { type: "Microsoft.CognitiveServices/accounts", list: "properties.networkAcls.ipRules", member: "value" },
  { type: "Microsoft.Search/searchServices", list: "properties.networkRuleSet.ipRules", member: "value" },
  { type: "Microsoft.DocumentDB/databaseAccounts", list: "properties.ipRules", member: "ipAddressOrRange" },
  { type: "Microsoft.KeyVault/vaults", list: "properties.networkAcls.ipRules", member: "value" },
  { type: "Microsoft.Storage/storageAccounts", list: "properties.networkAcls.ipRules", member: "value" },
];

/** An allow-listed range that is no selection. */
export const openaiIpRuleTooBroad = defineRule({
  id: "network/openai-ip-rule-too-broad",
  title: "A network rule of an AI resource allows a very large address range",
  rationale:
    "0.0.0.0/0, two halves of it or a provider's /8 undo a firewall that denies by default, and pass every check that only looks at the default.",
  severity: "high",
  confidence: "high",
  introducedIn: "1.0.0",
  appliesTo: resourceType(...LISTS.map(({ type }) => type)),
  whenAbsent: "No range is allow-listed.",
  profiles: ["recommended", "strict", "network-isolated"],
  topics: ["network"],
  standards: { mcsb: ["NS-2"] },
  sources: ["https://learn.microsoft.com/azure/ai-services/cognitive-services-virtual-networks"],
  reads: LISTS.flatMap(({ type, list, member }) => [
    { type, path: ACCESS },
    { type, path: `${list}[].${member}` },
  ]),
  options: v.strictObject({
    minPrefix: v.optional(
      v.pipe(
        v.number(),
        v.integer(),
        v.minValue(0),
        v.maxValue(32),
        v.description("Shortest IPv4 prefix that is accepted"),
      ),
      24,
    ),
  }),
  check(resource, { minPrefix }) {
    const shape = LISTS.find(({ type }) => sameText(type, resource.type));
    const access = resource.properties.string(ACCESS);
    if (shape === undefined || (access.state === "known" && sameText(access.value, "Disabled"))) return notApplicable();
    const rules = resource.properties.members(shape.list);
    if (rules.state === "unknown")
      return open(rules, { at: shape.list, message: `${resource.label} may allow a large range` });
    if (rules.state === "absent") return pass();
    const context = { member: shape.member, label: resource.label, maxBits: 32 - minPrefix, access };
    return rules.value.map((rule) => checkRange(rule, context));
  },
});

interface RangeContext {
  readonly member: string;
  readonly label: string;
  readonly maxBits: number;
  /** While nobody knows whether the endpoint is public at all, a broad range is only open. */
  readonly access: Reading<string>;
}

function checkRange(rule: PropertyReader, { member, label, maxBits, access }: RangeContext): Outcome {
  const value = rule.string(member);
  const at = rule.at(member);
  if (value.state === "unknown") return open(value, { at, message: `${label} may allow a large range` });
  const range = value.state === "known" ? parseIpRange(value.value) : null;
  if (range === null || bitsOf(range) <= maxBits) return pass();
  if (access.state === "unknown") return open(access, { at, message: `${label} may allow a large range` });
  const size = range.last - range.first + 1;
  return fail({ at, message: `${label} allows a range of ${size.toLocaleString("en-US")} addresses`, magnitude: size });
}

function bitsOf(range: IpRange): number {
  return Math.log2(range.last - range.first + 1);
}
