import { canonicalText } from "../expression/canonical-text.ts";
import { isArray, isObject, Unknown, type Value } from "../expression/value.ts";
import { sha256 } from "../lib/sha256.ts";
import type { PlannedResource } from "../plan/planned-resource.ts";
import type { PropertyPath } from "../plan/property-path.ts";
import { findMember } from "../plan/value-equality.ts";

/** Members that identify an object within its array, in order of preference. */
const IDENTIFYING = ["name", "key", "id", "value", "ipAddressOrRange"];

/** What a finding is about, apart from its words. */
export interface Subject {
  readonly ruleId: string;
  readonly target: string;
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
  const parts = [
    subject.ruleId,
    subject.target,
    resourceIdentity(subject.resource),
    stablePath(subject.body, subject.path),
  ];
  return `v1:${sha256(parts.join("\n")).slice(0, 32)}`;
}

function resourceIdentity({ address, id, type, name }: PlannedResource): string {
  if (address !== null) return address;
  if (!(id instanceof Unknown)) return id.key;
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
