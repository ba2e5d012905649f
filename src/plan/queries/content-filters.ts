import { sameText } from "../../lib/arm-text.ts";
import type { PropertyReader } from "../property-reader.ts";
import { ABSENT, known, type Reading, unknown } from "../reading.ts";
import type { ResourceView } from "../world.ts";

const TYPE = "Microsoft.CognitiveServices/accounts/raiPolicies";

/** One entry of a content-filter policy, its name normalised: `jailbreak`, `indirectattack`, `hate` … */
interface ContentFilter {
  readonly name: string;
  readonly reader: PropertyReader;
}

/**
 * The content-filter policy that a model deployment selects, when the plan has it: a sibling below the same account with the name
 * in `raiPolicyName`. Absent when the plan does not show it (platform policies never stand in a plan).
 */
export function raiPolicyOf(deployment: ResourceView): Reading<ResourceView> {
  const name = deployment.properties.string("properties.raiPolicyName");
  if (name.state !== "known") return name;
  const { owner } = deployment;
  const policies =
    owner === undefined
      ? deployment.world.ofType(TYPE).filter((p) => p.ownerKey === deployment.ownerKey)
      : deployment.world.attachedTo(owner, TYPE);
  const policy = policies.find(
    (candidate) => candidate.ownName.state === "known" && sameText(candidate.ownName.value, name.value),
  );
  return policy === undefined ? ABSENT : known(policy);
}

/**
 * The entries of a policy's `contentFilters`. Spellings differ between API versions and tools (`Indirect Attack`, `indirect_attack`),
 * so names are compared without case, blanks, hyphens and underscores. Unknown when the policy is written in another format or one name is.
 */
export function contentFiltersOf(policy: ResourceView): Reading<readonly ContentFilter[]> {
  const format = policy.properties.string("properties.format");
  if (format.state === "unknown") return format;
  if (format.state === "known" && !sameText(format.value, "ContentFilters")) return unknown("not-analysed");
  const members = policy.properties.members("properties.contentFilters");
  if (members.state !== "known") return members;
  const filters: ContentFilter[] = [];
  for (const reader of members.value) {
    const name = reader.string("name");
    if (name.state === "unknown") return name;
    if (name.state === "known") filters.push({ name: normaliseFilterName(name.value), reader });
  }
  return known(filters);
}

function normaliseFilterName(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]/g, "");
}
