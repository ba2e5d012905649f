import { createHash } from "node:crypto";
import { Sensitive, Unknown, type Value } from "../expression/value.ts";
import { type CanonicalInput, canonicalJson } from "../lib/canonical-json.ts";
import { compareText } from "../lib/compare-text.ts";
import { sha256 } from "../lib/sha256.ts";
import type { Plan } from "../plan/plan.ts";
import type { PlannedResource } from "../plan/planned-resource.ts";

/** The two digests of a plan, each `sha256:` and 64 hexadecimal digits. */
export interface PlanDigests {
  /**
   * Over what is declared: scope, and template and parameters where the source has them, else id, type, API version and values of each resource
   * that is deployed. Order, letter case of ids and formatting do not enter it, nor does anything live; unknowns enter by their expression
   * and secrets not at all.
   */
  readonly digest: string;
  /** Over change types and values before the deployment: what may differ between two runs on the same commit. */
  readonly liveDigest: string;
}

/** The digests of a plan, in one pass over its resources. */
export function planDigests(plan: Plan): PlanDigests {
  const { declaration, resources, scope } = plan;
  const declared: string[] = [];
  const live: string[] = [];
  for (const resource of resources) {
    const { changeType, outside, before, after, apiVersion } = resource;
    const isDeclared = declaration === undefined && !outside && changeType !== "delete";
    const unchanged = changeType === "noChange" || outside; // the same values on both sides
    const afterHash = isDeclared || unchanged ? hashOf(after) : "";
    const identity = `${identityOf(resource)}\n${resource.type.toLowerCase()}`;
    if (isDeclared) declared.push(`${identity}\n${apiVersion ?? ""}\n${afterHash}`);
    live.push(`${identity}\n${changeType}\n${unchanged ? afterHash : hashOf(before)}`);
  }
  const written =
    declaration === undefined
      ? declared.sort()
      : [canonicalJson(declaration.template), canonicalJson(declaration.parameters)];
  return { digest: digestOf([canonicalJson(scope), ...written]), liveDigest: digestOf(live.sort()) };
}

/** `sha256:` over the digests of the targets, by name. */
export function runDigest(targets: readonly { readonly name: string; readonly digest: string | null }[]): string {
  return digestOf(targets.map(({ name, digest }) => `${name} ${digest ?? ""}`).sort(compareText));
}

function identityOf({ id, name }: PlannedResource): string {
  if (!(id instanceof Unknown)) return id.key;
  return id.expression ?? (name instanceof Unknown ? (name.expression ?? "") : name.toLowerCase());
}

function hashOf(body: Value): string {
  return sha256(canonicalJson(body, replaceLeaf));
}

function replaceLeaf(value: object): CanonicalInput | undefined {
  if (value instanceof Unknown) return { $unknown: value.expression ?? value.reason };
  return value instanceof Sensitive ? { $secret: true } : undefined;
}

function digestOf(parts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\n");
  return `sha256:${hash.digest("hex")}`;
}
