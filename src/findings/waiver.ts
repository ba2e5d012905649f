import picomatch from "picomatch";
import { Unknown } from "../expression/value.ts";
import type { PlannedResource } from "../plan/planned-resource.ts";

/** An accepted finding: who accepts it, why and until when. */
export interface Waiver {
  /** Ids of the rules it stands for; an equivalent of another scanner may name several. */
  readonly ruleIds: readonly string[];
  /** Glob over resource id or address; `null` for every resource. */
  readonly resource: string | null;
  readonly reason: string;
  readonly owner: string;
  /** ISO day after which it lifts nothing; `null` for never. */
  readonly expires: string | null;
  readonly approvedBy: string | null;
  /** Where it is written: configuration file, or source file and line. */
  readonly source: string;
  /** `proposed`: written in the change under review, and not approved. */
  readonly status: "active" | "proposed" | "expired";
}

/** A waiver as a finding carries it. */
export type WaiverUse = Pick<Waiver, "reason" | "owner" | "expires" | "approvedBy" | "source" | "status">;

/** Finds the waiver for a finding: an active one first, so that an expired or proposed one never hides it. */
export type FindWaiver = (ruleId: string, resource: PlannedResource) => Waiver | undefined;

const STATUS_ORDER = { active: 0, proposed: 1, expired: 2 } as const;

/** Prepares waivers for look-up by rule; the globs are compiled once. */
export function indexWaivers(waivers: readonly Waiver[]): FindWaiver {
  const byRule = new Map<string, { waiver: Waiver; covers: (resource: PlannedResource) => boolean }[]>();
  const ordered = [...waivers].sort((a, b) => STATUS_ORDER[a.status] - STATUS_ORDER[b.status]);
  for (const waiver of ordered) {
    const covers = coverageOf(waiver.resource);
    for (const id of waiver.ruleIds) byRule.set(id, [...(byRule.get(id) ?? []), { waiver, covers }]);
  }
  return (ruleId, resource) => byRule.get(ruleId)?.find(({ covers }) => covers(resource))?.waiver;
}

function coverageOf(glob: string | null): (resource: PlannedResource) => boolean {
  if (glob === null) return () => true;
  const matches = picomatch(glob, { nocase: true, dot: true });
  return (resource) => namesOf(resource).some((name) => matches(name));
}

function namesOf({ id, address }: PlannedResource): readonly string[] {
  const names = id instanceof Unknown ? [] : [id.text, id.text.slice(1)];
  return address === null ? names : [...names, address];
}
