import { canonicalText } from "../expression/canonical-text.ts";
import { isArray, isObject, Unknown, type Value } from "../expression/value.ts";
import { sha256 } from "../lib/sha256.ts";
import type { SourceId } from "../plan/plan.ts";
import type { PlannedResource } from "../plan/planned-resource.ts";
import type { PropertyPath } from "../plan/property-path.ts";
import { findMember } from "../plan/value-equality.ts";

/** Members that identify an object within its array, in order of preference. */
const IDENTIFYING = ["name", "key", "id", "value", "ipAddressOrRange"];

/** What a finding is about, apart from its words. */
export interface Subject {
  readonly ruleId: string;
  readonly target: string;
  readonly source: SourceId;
  readonly resource: PlannedResource;
  /** The body that `path` leads into. */
  readonly body: Value;
  readonly path: PropertyPath;
}

/**
 * The identity of a finding across runs: `v1:` and 32 hexadecimal digits over rule, target, resource and property. Lines, order,
 * formatting and message do not enter it; members of arrays count by name or value, never by index.
 */
export function fingerprint(subject: Subject): string {
  const parts = [subject.ruleId, subject.target, resourceIdentity(subject), stablePath(subject.body, subject.path)];
  return `v1:${sha256(parts.join("\n")).slice(0, 32)}`;
}

/** Sources whose resources are known by their address; there an id may be known only after the first deployment. */
const BY_ADDRESS: ReadonlySet<SourceId> = new Set(["terraform-plan", "pulumi-preview"]);

/**
 * The address, where the source is one that lives by addresses; else the ARM id. A template has symbolic names only in one of its two forms,
 * and a what-if of it has none: the id is what all of them share.
 */
function resourceIdentity({ source, resource: { address, id, type, name } }: Subject): string {
  if (address !== null && BY_ADDRESS.has(source)) return address;
  if (!(id instanceof Unknown)) return id.key;
  if (address !== null) return address;
  const written = name instanceof Unknown ? (name.expression ?? "") : name;
  return `${type.toLowerCase()} ${id.expression ?? written.toLowerCase()}`;
}

function stablePath(body: Value, path: PropertyPath): string {
  let current: Value | undefined = body;
  const steps: string[] = [];
  for (const segment of path) {
    if (typeof segment === "number") {
      current = isArray(current) ? current[segment] : undefined;
      steps.push(`[${memberKey(current)}]`);
    } else {
      const name: string | undefined = isObject(current) ? findMember(current, segment) : undefined;
      current = isObject(current) && name !== undefined ? current[name] : undefined;
      steps.push(segment.toLowerCase());
    }
  }
  return steps.join(".");
}

function memberKey(member: Value | undefined): string {
  if (!isObject(member)) return scalarKey(member);
  const key = IDENTIFYING.map((name) => findMember(member, name)).find((name) => name !== undefined);
  if (key === undefined) return contentKey(member);
  const source = findMember(member, "source");
  return source === undefined ? scalarKey(member[key]) : `${scalarKey(member[key])} ${scalarKey(member[source])}`;
}

function scalarKey(value: Value | undefined): string {
  if (value instanceof Unknown) return `unknown ${value.expression ?? value.reason}`;
  return typeof value === "object" ? contentKey(value) : String(value).toLowerCase();
}

/** A member without a name counts by what is in it, in whatever order that is written. */
function contentKey(value: Value): string {
  return sha256(canonicalText(value));
}
