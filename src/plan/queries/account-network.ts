import { countAddresses, type IpRange, parseIpRange } from "../../lib/ip-range.ts";
import { sameText } from "../../lib/arm-text.ts";
import { firstUnknown, known, type KnownReading, type Reading, type UnknownReading, unknown } from "../reading.ts";
import type { ResourceView, World } from "../world.ts";

const ASSOCIATION_TYPE = "Microsoft.Network/networkSecurityPerimeters/resourceAssociations";

/** From this share of all IPv4 addresses on, an allow list is no list: half of them. */
const MOST_OF_THE_INTERNET = 2 ** 31;

/** What decides over the way to an AI account from the internet. */
export type PublicExposure = "closed" | "perimeter" | "default-allow" | "ranges" | "selected-networks";

/** What the query reads of the account itself and of network security perimeters. */
export const PUBLIC_EXPOSURE_READS = [
  { type: "Microsoft.CognitiveServices/accounts", path: "properties.publicNetworkAccess" },
  { type: "Microsoft.CognitiveServices/accounts", path: "properties.networkAcls.defaultAction" },
  { type: "Microsoft.CognitiveServices/accounts", path: "properties.networkAcls.ipRules[].value" },
  { type: ASSOCIATION_TYPE, path: "properties.privateLinkResource.id" },
  { type: ASSOCIATION_TYPE, path: "properties.accessMode" },
];

/**
 * How far an AI account can be reached from the internet: not at all (`closed`), as an enforced network security perimeter says
 * (`perimeter`), from everywhere (`default-allow`), from allow-listed ranges that add up to most of the internet (`ranges`), or from a
 * real selection of networks. A property that is not set counts as the service's default, which is open.
 *
 * @see https://learn.microsoft.com/azure/ai-services/cognitive-services-virtual-networks
 */
export function publicExposureOf(account: ResourceView): KnownReading<PublicExposure> | UnknownReading {
  const access = account.properties.string("properties.publicNetworkAccess");
  if (access.state === "known" && sameText(access.value, "Disabled")) return known("closed");
  const perimeters = account.world.derive(enforcedPerimeters);
  if (account.key !== null && perimeters.members.has(account.key)) return known("perimeter");
  const exposure = exposureByFirewall(account, access);
  const exposed = exposure.state === "known" && (exposure.value === "default-allow" || exposure.value === "ranges");
  return exposed ? (perimeters.unresolved ?? exposure) : exposure;
}

function exposureByFirewall(
  account: ResourceView,
  access: Reading<string>,
): KnownReading<PublicExposure> | UnknownReading {
  const action = account.properties.string("properties.networkAcls.defaultAction");
  if (action.state === "known" && sameText(action.value, "Deny")) return rangesOf(account, access);
  if (access.state === "unknown") return access;
  return action.state === "unknown" ? action : known("default-allow");
}

function rangesOf(account: ResourceView, access: Reading<string>): KnownReading<PublicExposure> | UnknownReading {
  const rules = account.properties.members("properties.networkAcls.ipRules");
  if (rules.state === "unknown") return rules;
  if (rules.state === "absent") return known("selected-networks");
  const ranges: IpRange[] = [];
  let open: UnknownReading | undefined;
  for (const rule of rules.value) {
    const value = rule.string("value");
    if (value.state === "unknown") open = unknown(value.reason, value.expression);
    const range = value.state === "known" ? parseIpRange(value.value) : null;
    if (range !== null) ranges.push(range);
  }
  if (countAddresses(ranges) >= MOST_OF_THE_INTERNET) return access.state === "unknown" ? access : known("ranges");
  return open ?? known("selected-networks");
}

interface Perimeters {
  /** Keys of the resources whose association is enforced; in learning mode a perimeter lets everything through. */
  readonly members: ReadonlySet<string>;
  /** Why some association cannot be told to be enforced, or for which resource. */
  readonly unresolved: UnknownReading | undefined;
}

function enforcedPerimeters(world: World): Perimeters {
  const members = new Set<string>();
  let unresolved: UnknownReading | undefined;
  for (const association of world.ofType(ASSOCIATION_TYPE)) {
    const target = association.properties.string("properties.privateLinkResource.id");
    const mode = association.properties.string("properties.accessMode");
    if (mode.state === "known" && !sameText(mode.value, "Enforced")) continue;
    unresolved ??= firstUnknown(target, mode);
    if (mode.state === "known" && target.state === "known") members.add(target.value.toLowerCase());
  }
  return { members, unresolved };
}
