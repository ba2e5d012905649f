import { createHash } from "node:crypto";
import { canonicalText } from "../expression/canonical-text.ts";
import { isObject, Unknown, type Value } from "../expression/value.ts";
import { canonicalJson } from "../lib/canonical-json.ts";
import { compareText } from "../lib/compare-text.ts";
import { sha256 } from "../lib/sha256.ts";
import type { DeploymentScope, Plan } from "../plan/plan.ts";
import type { PlannedResource } from "../plan/planned-resource.ts";

/** Members of a body that say again which resource it is. */
const IDENTITY: ReadonlySet<string> = new Set(["id", "type", "name"]);

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
  return { digest: digestOf([scopeLine(scope), ...written]), liveDigest: digestOf(live.sort()) };
}

/** `sha256:` over the digests of the targets, whatever these are called: paths differ from one machine to the next. */
export function runDigest(targets: readonly { readonly digest: string | null }[]): string {
  return digestOf(targets.map(({ digest }) => digest ?? "").sort(compareText));
}

/** Ids and names of a scope ignore letter case, and a what-if has them in that of whichever resource it lists first. */
function scopeLine(scope: DeploymentScope | null): string {
  return canonicalJson(
    Object.fromEntries(Object.entries(scope ?? {}).map(([name, text]: [string, string]) => [name, text.toLowerCase()])),
  );
}

function identityOf({ id, name }: PlannedResource): string {
  if (!(id instanceof Unknown)) return id.key;
  return id.expression ?? (name instanceof Unknown ? (name.expression ?? "") : name.toLowerCase());
}

function hashOf(body: Value): string {
  return sha256(canonicalText(withoutIdentity(body)));
}

function withoutIdentity(body: Value): Value {
  if (!isObject(body)) return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => !IDENTITY.has(name.toLowerCase())));
}

function digestOf(parts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\n");
  return `sha256:${hash.digest("hex")}`;
}
