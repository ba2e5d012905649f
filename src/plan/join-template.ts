import { isArray, isObject, Unknown, type Value } from "../expression/value.ts";
import type { Notification } from "../diagnostics/notification.ts";
import { plural } from "../lib/plural.ts";
import type { Plan } from "./plan.ts";
import type { PlannedResource } from "./planned-resource.ts";
import { findMember } from "./value-equality.ts";

/** Most resources that a notification names. */
const MAX_NAMED = 10;

/**
 * Joins a what-if result with the expansion of its template, resource by resource. The what-if decides what there is and what is before; the
 * template fills in what the what-if left unresolved, and says where each property is written. What only one of the two saw is listed: what
 * only the template declares is not analysed in full, what only the what-if shows merely has no lines.
 */
export function joinTemplate(whatIf: Plan, template: Plan): Plan {
  const pairs = pairUp(whatIf.resources, template.resources);
  const written = new Map<PlannedResource, PlannedResource>();
  const resources = whatIf.resources.map((resource) => {
    const own = pairs.get(resource);
    const joined = own === undefined ? resource : fill(resource, own);
    if (own !== undefined) written.set(joined, own);
    return joined;
  });
  const paired = new Set(pairs.values());
  const listed = new Set(whatIf.resources.map(idOf));
  const missed = template.resources.filter((own) => !paired.has(own) && !isIn(listed, idOf(own)));
  for (const own of missed) {
    const added: PlannedResource = { ...own, changeType: "deploy", before: new Unknown("not-reported") };
    written.set(added, own);
    resources.push(added);
  }
  const ignored = [...pairs].filter(([{ outside }]) => outside).map(([resource]) => resource);
  return {
    ...whatIf,
    resources,
    notAnalysed: [
      ...whatIf.notAnalysed,
      ...ignored.map((resource) => ({ resource: nameOf(resource), reason: PASSED_OVER })),
      ...missed.map((own) => ({ resource: nameOf(own), reason: ONLY_DECLARED })),
    ],
    notifications: [
      ...whatIf.notifications,
      ...template.notifications,
      ...withoutLines(whatIf.resources.filter((resource) => isChange(resource) && !pairs.has(resource))),
    ],
    outputs: template.outputs,
    locate: (resource, path) => {
      const own = written.get(resource);
      return own === undefined ? whatIf.locate(resource, path) : template.locate(own, path);
    },
  };
}

const ONLY_DECLARED =
  "the template declares it and the what-if does not list it: judged as written, its state before is not known";

const PASSED_OVER = "the template declares it and the what-if says nothing of what becomes of it: judged as written";

type Side = "shown" | "declared";
type KeyOf = (resource: PlannedResource, side: Side) => string | null;

/** Which resource of the template each resource of the what-if is. */
function pairUp(
  shown: readonly PlannedResource[],
  declared: readonly PlannedResource[],
): ReadonlyMap<PlannedResource, PlannedResource> {
  const pairs = new Map<PlannedResource, PlannedResource>();
  const present = shown.filter(({ changeType }) => changeType !== "delete");
  const byId = byKey(present, idOf);
  for (const own of declared) {
    const [resource] = byId.get(idOf(own) ?? "") ?? [];
    if (resource !== undefined && !pairs.has(resource)) pairs.set(resource, own);
  }
  const known = new Set([...pairs].map(([resource]) => idOf(resource)));
  for (const keyOf of [nameKeyOf, typeKeyOf]) {
    const paired = new Set(pairs.values());
    const open = declared.filter((own) => !paired.has(own) && !isIn(known, idOf(own)));
    pairAlike({ shown: present.filter((each) => isChange(each) && !pairs.has(each)), declared: open, keyOf }, pairs);
  }
  return pairs;
}

interface Alike {
  readonly shown: readonly PlannedResource[];
  readonly declared: readonly PlannedResource[];
  readonly keyOf: KeyOf;
}

/** Pairs what is alike and the only one on both sides. */
function pairAlike({ shown, declared, keyOf }: Alike, pairs: Map<PlannedResource, PlannedResource>): void {
  const candidates = byKey(shown, (each) => keyOf(each, "shown"));
  for (const [key, [own, ...others]] of byKey(declared, (each) => keyOf(each, "declared"))) {
    const [resource, ...further] = candidates.get(key) ?? [];
    const isOnly = others.length === 0 && further.length === 0;
    if (own !== undefined && resource !== undefined && isOnly) pairs.set(resource, own);
  }
}

function byKey(
  resources: readonly PlannedResource[],
  keyOf: (resource: PlannedResource) => string | null,
): ReadonlyMap<string, readonly PlannedResource[]> {
  const groups = new Map<string, PlannedResource[]>();
  for (const resource of resources) {
    const key = keyOf(resource);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [resource]);
    else group.push(resource);
  }
  return groups;
}

function isIn(ids: ReadonlySet<string | null>, id: string | null): boolean {
  return id !== null && ids.has(id);
}

function idOf({ id }: PlannedResource): string | null {
  return id instanceof Unknown ? null : id.key;
}

/** For templates that are expanded without their whole scope: `{resourceGroup}` stands in their ids. */
function nameKeyOf({ type, name }: PlannedResource): string | null {
  return name instanceof Unknown ? null : `${type}\n${name}`.toLowerCase();
}

/** For names that only Azure knows: one that is known differs from all that are left. */
function typeKeyOf({ type, name }: PlannedResource, side: Side): string | null {
  return side === "declared" && !(name instanceof Unknown) ? null : type.toLowerCase();
}

/** The resource as the what-if shows it, with the author's name for it and what only the template tells. */
function fill(resource: PlannedResource, own: PlannedResource): PlannedResource {
  const both = {
    ...resource,
    address: own.address,
    apiVersion: resource.apiVersion ?? own.apiVersion,
    dependsOn: own.dependsOn,
  };
  // What-if says "ignore" of what is no part of the template, and of parts that it did not look into.
  if (resource.outside) return { ...both, outside: false, changeType: "deploy", after: own.after };
  return { ...both, after: resource.after === null ? null : fillValue(resource.after, own.after) };
}

function fillValue(value: Value, declared: Value | undefined): Value {
  if (declared === undefined) return value;
  if (value instanceof Unknown)
    return value.reason === "unresolved-expression" || value.reason === "not-reported" ? declared : value;
  if (isObject(value) && isObject(declared)) {
    const filled: Record<string, Value> = { ...value };
    for (const [name, item] of Object.entries(value)) {
      const other = findMember(declared, name);
      filled[name] = other === undefined ? item : fillValue(item, declared[other]);
    }
    return filled;
  }
  if (isArray(value) && isArray(declared) && value.length === declared.length)
    return value.map((item, index) => fillValue(item, declared[index]));
  return value;
}

function isChange({ outside, changeType }: PlannedResource): boolean {
  return !outside && changeType !== "delete" && changeType !== "ignore";
}

function withoutLines(resources: readonly PlannedResource[]): readonly Notification[] {
  if (resources.length === 0) return [];
  const names = resources.slice(0, MAX_NAMED).map(nameOf).join(", ");
  const rest = resources.length > MAX_NAMED ? ` and ${resources.length - MAX_NAMED} more` : "";
  return [
    {
      level: "note",
      code: "not-in-template",
      message: `The what-if lists ${plural(resources.length, "resource")} that the template does not show, so their lines are not known: ${names}${rest}`,
    },
  ];
}

function nameOf({ id, address, type }: PlannedResource): string {
  return id instanceof Unknown ? (address ?? type) : id.text;
}
