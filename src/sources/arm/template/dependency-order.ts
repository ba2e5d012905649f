import { joinKeyOf, type OpenText, toOpenText } from "../../../expression/open-text.ts";
import { isArmArray } from "../../../expression/arm-value.ts";
import type { Frame, Resource } from "./model.ts";
import { type TemplateNode, valueOf } from "./node.ts";
import type { ResourceDeclaration } from "./template.ts";

/**
 * The resources of a template in the order in which they are deployed: as written, but what one depends on before it, loops in one piece.
 * What Resource Manager would refuse (a circle, a dependency on what is not there) is said and stepped over. The bodies must have been
 * worked out: references count as dependencies.
 */
export function inDependencyOrder(frame: Frame): readonly Resource[] {
  return new Sorting(frame).run();
}

/** The turns of one loop, or a single resource. */
interface Unit {
  readonly resources: Resource[];
  state: "new" | "open" | "done";
}

class Sorting {
  readonly #frame: Frame;
  readonly #units: readonly Unit[];
  readonly #unitOf = new Map<Resource, Unit>();
  readonly #unitsOfGroup = new Map<readonly Resource[], readonly Unit[]>();
  readonly #sorted: Resource[] = [];

  constructor(frame: Frame) {
    this.#frame = frame;
    this.#units = this.#group();
  }

  run(): readonly Resource[] {
    for (const unit of this.#units) this.#visit(unit);
    return this.#sorted;
  }

  #group(): readonly Unit[] {
    const units = new Map<ResourceDeclaration, Map<Resource | null, Unit>>();
    for (const resource of this.#frame.resources) {
      const ofDeclaration = units.get(resource.declaration) ?? new Map<Resource | null, Unit>();
      units.set(resource.declaration, ofDeclaration);
      const unit = ofDeclaration.get(resource.parent) ?? { resources: [], state: "new" as const };
      ofDeclaration.set(resource.parent, unit);
      unit.resources.push(resource);
      this.#unitOf.set(resource, unit);
    }
    return [...units.values()].flatMap((each) => [...each.values()]);
  }

  /** Depth first without recursion: chains of dependencies may be as long as the template. */
  #visit(start: Unit): void {
    const stack: { readonly unit: Unit; readonly needs: Iterator<Unit> }[] = [];
    const open = (unit: Unit): void => {
      unit.state = "open";
      stack.push({ unit, needs: this.#needsOf(unit)[Symbol.iterator]() });
    };
    if (start.state === "new") open(start);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const next = top.needs.next();
      if (next.done === true) {
        stack.pop();
        top.unit.state = "done";
        this.#sorted.push(...top.unit.resources);
      } else if (next.value.state === "new") open(next.value);
      else if (next.value.state === "open") this.#noteCircle(next.value);
    }
  }

  #needsOf(unit: Unit): readonly Unit[] {
    const needs = new Set<Unit>();
    for (const resource of unit.resources) {
      for (const group of dependenciesOf(resource)) this.#add(needs, { resource, unit, group });
    }
    return [...needs];
  }

  #add(
    needs: Set<Unit>,
    { resource, unit, group }: { resource: Resource; unit: Unit; group: readonly Resource[] },
  ): void {
    for (const other of this.#unitsOf(group)) {
      // A resource of a loop may need another turn of it, not itself.
      if (other !== unit || group.includes(resource)) needs.add(other);
    }
  }

  /** A loop that many resources depend on is looked through once. */
  #unitsOf(group: readonly Resource[]): readonly Unit[] {
    const known = this.#unitsOfGroup.get(group);
    if (known !== undefined) return known;
    const units = new Set<Unit>();
    for (const resource of group) {
      const unit = this.#unitOf.get(resource);
      if (unit !== undefined) units.add(unit);
    }
    const list = [...units];
    if (group.length > 1) this.#unitsOfGroup.set(group, list);
    return list;
  }

  #noteCircle({ resources: [resource] }: Unit): void {
    const name = resource === undefined ? "" : nameOf(resource);
    this.#frame.expansion.notify(
      "warning",
      "circular-dependency",
      `the resource '${name}' depends on itself, perhaps by way of others: Resource Manager refuses that`,
    );
  }
}

const DEPENDENCIES = new WeakMap<Resource, readonly (readonly Resource[])[]>();

/** What must be deployed before the resource: what it names, what it asks for values of, and its parent. A loop is one group. */
function dependenciesOf(resource: Resource): readonly (readonly Resource[])[] {
  const known = DEPENDENCIES.get(resource);
  if (known !== undefined) return known;
  const groups = new Set<readonly Resource[]>();
  for (const name of namedIn(resource)) {
    const found = resource.frame.find(name);
    if (found.length === 0) noteMissing(resource, name);
    else groups.add(found);
  }
  const asked = [...resource.references].map((each) => groupWith(groups, each));
  const parent = resource.parent === null ? [] : [groupWith(groups, resource.parent)];
  // The engine's order: what values are asked of, in the order in which they are asked for, before what `dependsOn` names.
  const list = [...new Set([...asked, ...groups, ...parent])];
  DEPENDENCIES.set(resource, list);
  return list;
}

/** The group of those named that a resource is of, or else a group of its own. */
function groupWith(groups: ReadonlySet<readonly Resource[]>, resource: Resource): readonly Resource[] {
  return [...groups].find((group) => membersOf(group).has(resource)) ?? [resource];
}

const MEMBERS = new WeakMap<readonly Resource[], ReadonlySet<Resource>>();

function membersOf(group: readonly Resource[]): ReadonlySet<Resource> {
  const known = MEMBERS.get(group);
  if (known !== undefined) return known;
  const members = new Set(group);
  MEMBERS.set(group, members);
  return members;
}

const IDS = new WeakMap<readonly Resource[], readonly string[]>();

/** The ids of what must be deployed before the resource, as far as it is deployed at all. */
export function dependencyIds(resource: Resource): readonly string[] {
  const groups = dependenciesOf(resource);
  const [first] = groups;
  // Resources that depend on one loop share the list.
  if (groups.length === 1 && first !== undefined) return idsOf(first);
  return [...new Set(groups.flatMap(idsOf))];
}

function idsOf(group: readonly Resource[]): readonly string[] {
  const known = IDS.get(group);
  if (known !== undefined) return known;
  const ids = group.filter(({ isListed, isForeign }) => isListed && !isForeign).map(({ id }) => idText(id));
  IDS.set(group, ids);
  return ids;
}

/** An id as it is printed: scope parts that were not given as placeholders, what is not known as its expression. */
export function idText(id: OpenText): string {
  return typeof id === "string" ? id : (id.placeholder ?? `[${id.expression ?? ""}]`);
}

function namedIn(resource: Resource): readonly OpenText[] {
  const node = valueOf(resource.declaration.node, "dependsOn");
  if (node === undefined || resource.condition === false) return [];
  const value = resource.evaluate(node, "resource");
  return isArmArray(value) ? value.flatMap((each) => toOpenText(each) ?? []) : [];
}

function noteMissing(resource: Resource, name: OpenText): void {
  const { frame } = resource;
  if (typeof name !== "string" || frame.isLoop(name) || isConditional(frame, name)) return;
  frame.expansion.notify(
    "warning",
    "dependency-not-found",
    `the resource '${nameOf(resource)}' depends on '${name}', which the template does not declare: Resource Manager refuses that`,
  );
}

/** Whether it names a resource whose condition is false; the names of those may not be possible to work out. */
function isConditional(frame: Frame, name: string): boolean {
  const last = name.toLowerCase().split("/").at(-1) ?? "";
  return frame.resources.some((resource) => {
    if (resource.condition !== false) return false;
    const { evaluator, nodes } = frame.expansion;
    const node: TemplateNode | undefined = valueOf(resource.declaration.node, "name");
    if (node === undefined) return false;
    const result = evaluator.guard(() => nodes.evaluate(node, resource.scopeAt("resource")));
    const text = result.ok ? toOpenText(result.value) : undefined;
    return text === undefined || text === null || joinKeyOf(text)?.split("/").at(-1) === last;
  });
}

/** What messages call a resource. */
export function nameOf({ symbol, declaration, name }: Resource): string {
  return typeof name === "string" ? name : (symbol ?? declaration.type);
}
