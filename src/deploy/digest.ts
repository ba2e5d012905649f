import { createHash } from "node:crypto";
import { toCanonical } from "../expression/canonical-value.ts";
import { isObject, Unknown, type Value } from "../expression/value.ts";
import { canonicalJson, type CanonicalInput } from "../lib/canonical-json.ts";
import { compareText } from "../lib/compare-text.ts";
import type { DeploymentScope, Plan } from "../plan/plan.ts";
import type { PlannedResource } from "../plan/planned-resource.ts";

/**
 * `sha256:` over what a plan declares: scope, and template and parameters where the source has them, else id, type, API version and
 * values of each resource that is deployed. Order, letter case of ids and formatting do not enter it, nor does anything live; unknowns
 * enter by their expression and secrets not at all.
 */
export function declaredDigest(plan: Plan): string {
  const { declaration } = plan;
  if (declaration !== undefined)
    return digestOf([
      scopeLine(plan.scope),
      canonicalJson(declaration.template),
      canonicalJson(declaration.parameters),
    ]);
  const declared = plan.resources.filter(({ outside, changeType }) => !outside && changeType !== "delete");
  return digestOf([
    scopeLine(plan.scope),
    ...lines(declared, (resource) => [resource.apiVersion ?? "", toCanonical(withoutIdentity(resource.after))]),
  ]);
}

/** A body without the members that say again which resource it is, in whatever letter case. */
function withoutIdentity(body: Value): Value {
  if (!isObject(body)) return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => !["id", "type", "name"].includes(name)));
}

/** `sha256:` over change types and values before the deployment: what may differ between two runs on the same commit. */
export function liveDigest(plan: Plan): string {
  return digestOf(lines(plan.resources, (resource) => [resource.changeType, toCanonical(resource.before)]));
}

/** `sha256:` over the digests of the targets, by name. */
export function runDigest(targets: readonly { readonly name: string; readonly digest: string | null }[]): string {
  return digestOf(targets.map(({ name, digest }) => `${name} ${digest ?? ""}`).sort(compareText));
}

/** Ids and names of a scope ignore letter case, and a what-if has them in that of whichever resource it lists first. */
function scopeLine(scope: DeploymentScope | null): string {
  return canonicalJson(
    Object.fromEntries(Object.entries(scope ?? {}).map(([name, text]: [string, string]) => [name, text.toLowerCase()])),
  );
}

function lines(
  resources: readonly PlannedResource[],
  content: (resource: PlannedResource) => readonly CanonicalInput[],
): string[] {
  return resources
    .map((resource) => canonicalJson([identityOf(resource), resource.type.toLowerCase(), ...content(resource)]))
    .sort(compareText);
}

function identityOf({ id, name }: PlannedResource): string {
  if (!(id instanceof Unknown)) return id.key;
  return id.expression ?? (name instanceof Unknown ? (name.expression ?? "") : name.toLowerCase());
}

function digestOf(parts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\n");
  return `sha256:${hash.digest("hex")}`;
}
