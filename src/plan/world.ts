import { isArray, isObject, Unknown, type Value } from "../expression/value.ts";
import { partsOf } from "../expression/open-text.ts";
import type { Plan } from "./plan.ts";
import { labelOf, type PlannedResource } from "./planned-resource.ts";
import { PropertyReader, type ReadObserver } from "./property-reader.ts";
import { ABSENT, known, type KnownReading, type Reading, unknown, type UnknownReading } from "./reading.ts";
import { joinableId, parseResourceId, type ResourceId } from "./resource-id.ts";

/** Which of the two states of a plan. */
export type Side = "before" | "after";

/** Families of guarding resources that a platform may deploy by itself, outside every plan. */
export type PlatformFamily = "privateDns" | "diagnostics" | "defender" | "budgets";

/** A resource that the configuration vouches for, because the plan cannot see it. */
export interface Assumption {
  readonly type: string;
  /** The resource's own name, without those of its parents; `undefined` stands for any. */
  readonly name: string | undefined;
}

interface WorldOptions {
  readonly platform?: ReadonlySet<PlatformFamily>;
  readonly assumptions?: readonly Assumption[];
  /** Is told of every property read: resource type, and path with `[]` for array members. */
  readonly observe?: (type: string, path: string) => void;
}

/** By the key of a resource id: the resources whose body holds that id. */
type ReferenceIndex = ReadonlyMap<string, readonly ResourceView[]>;

const NONE: readonly ResourceView[] = [];

/**
 * All resources of a plan as they are before, or will be after, the deployment, indexed for joins: every relation costs one pass
 * over the resources concerned, however often it is asked for.
 *
 * The world is open: what is not in it may still exist in Azure. `absence` says when it cannot.
 */
export class World {
  readonly side: Side;
  readonly resources: readonly ResourceView[];
  readonly #plan: Plan;
  readonly #options: WorldOptions;
  readonly #byType = new Map<string, ResourceView[]>();
  #byKey: Map<string, ResourceView> | undefined;
  #byOwner: Map<string, ResourceView[]> | undefined;
  readonly #references = new Map<string, ReferenceIndex>();
  readonly #derived = new Map<(world: World) => unknown, unknown>();

  constructor(plan: Plan, side: Side, options: WorldOptions = {}) {
    this.side = side;
    this.#plan = plan;
    this.#options = options;
    const views: ResourceView[] = [];
    for (const resource of plan.resources) {
      const body = resource[side];
      if (body === null) continue;
      const view = new ResourceView(resource, body, this);
      views.push(view);
      push(this.#byType, view.typeKey, view);
    }
    this.resources = views;
  }

  get observe(): WorldOptions["observe"] {
    return this.#options.observe;
  }

  /** Every resource of the full type, in plan order. */
  ofType(type: string): readonly ResourceView[] {
    return this.#byType.get(type.toLowerCase()) ?? NONE;
  }

  /** The resource with this id, letter case ignored. */
  findById(id: string): ResourceView | undefined {
    return this.findByKey(id.toLowerCase());
  }

  /** The resource with this key; see `ResourceView.key`. */
  findByKey(key: string | null): ResourceView | undefined {
    if (key === null) return undefined;
    if (this.#byKey === undefined) {
      this.#byKey = new Map();
      for (const view of this.resources) {
        if (view.key !== null && !this.#byKey.has(view.key)) this.#byKey.set(view.key, view);
      }
    }
    return this.#byKey.get(key);
  }

  /** Child and extension resources of `owner` with the full type, in plan order. */
  attachedTo(owner: ResourceView, type: string): readonly ResourceView[] {
    if (owner.key === null) return NONE;
    this.#byOwner ??= this.#indexOwners();
    return this.#byOwner.get(`${type.toLowerCase()} ${owner.key}`) ?? NONE;
  }

  /** Resources of the full type whose body holds the id of `target`, in plan order. */
  referrers(target: ResourceView, type: string): readonly ResourceView[] {
    const typeKey = type.toLowerCase();
    let index = this.#references.get(typeKey);
    if (index === undefined) {
      index = indexReferences(this.ofType(type));
      this.#references.set(typeKey, index);
    }
    return target.key === null ? NONE : (index.get(target.key) ?? NONE);
  }

  /** What `build` makes of this world, made once: an index that one query needs, keyed by the function itself. */
  derive<T>(build: (world: World) => T): T {
    if (!this.#derived.has(build)) this.#derived.set(build, build(this));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the map holds what this very function returned
    return this.#derived.get(build) as T;
  }

  /**
   * What not finding anything related to `resource` means: a known empty list when the deployment creates the resource and the plan
   * was analysed in full, so that nothing can be there yet; otherwise unknown.
   */
  absence(resource: ResourceView, family?: PlatformFamily): KnownReading<readonly ResourceView[]> | UnknownReading {
    if (family !== undefined && this.#options.platform?.has(family) === true) return unknown("platform");
    const created = this.side === "after" && resource.resource.changeType === "create";
    return created && this.#plan.notAnalysed.length === 0 ? known(NONE) : unknown("absence-not-proved");
  }

  /** Whether the configuration vouches for a resource of this type and own name. */
  isAssumed(type: string, name?: string): boolean {
    const matches = (a: Assumption) =>
      a.type.toLowerCase() === type.toLowerCase() &&
      (a.name === undefined || name === undefined || a.name.toLowerCase() === name.toLowerCase());
    return this.#options.assumptions?.some(matches) ?? false;
  }

  #indexOwners(): Map<string, ResourceView[]> {
    const owners = new Map<string, ResourceView[]>();
    for (const view of this.resources) {
      if (view.ownerKey !== null) push(owners, `${view.typeKey} ${view.ownerKey}`, view);
    }
    return owners;
  }
}

/** One resource in one of the two worlds: what a rule looks at. */
export class ResourceView {
  readonly resource: PlannedResource;
  readonly world: World;
  readonly properties: PropertyReader;
  #joinable: ResourceId | null | undefined;
  /** Lower-case full type. Legacy names such as `a/b/providers/locks` are those of the extension itself. */
  readonly typeKey: string;

  constructor(resource: PlannedResource, body: Value, world: World) {
    this.resource = resource;
    this.world = world;
    this.typeKey = typeKeyOf(resource);
    this.properties = new PropertyReader(body, observerFor(world, resource.type));
  }

  get type(): string {
    return this.resource.type;
  }

  /** Key of the resource id; `null` when nothing can be told of it. One that waits for the deployment has its expression in it. */
  get key(): string | null {
    return this.#id?.key ?? null;
  }

  get #id(): ResourceId | null {
    const { id } = this.resource;
    if (!(id instanceof Unknown)) return id;
    if (this.#joinable === undefined) this.#joinable = joinableId(id);
    return this.#joinable;
  }

  /** Key of the resource that this one belongs to: its parent, or what it extends. `null` for all others. */
  get ownerKey(): string | null {
    const id = this.#id;
    if (id === null) return null;
    return id.parentKey ?? (id.scopeKey.includes("/providers/") ? id.scopeKey : null);
  }

  /** What messages call the resource; see `labelOf`. */
  get label(): string {
    return labelOf(this.resource);
  }

  /** The resource's own name, without those of its parents. */
  get ownName(): Reading<string> {
    const { name } = this.resource;
    if (name instanceof Unknown) return ownNameIn(name) ?? unknown(name.reason, name.expression);
    return name === "" ? ABSENT : known(name.slice(name.lastIndexOf("/") + 1));
  }

  /** The resource that this one belongs to, when the plan has it. */
  get owner(): ResourceView | undefined {
    return this.ownerKey === null ? undefined : this.world.findById(this.ownerKey);
  }
}

/** The last segment of a name of which only what stands before it waits for the deployment. */
function ownNameIn(name: Unknown): Reading<string> | undefined {
  const last = partsOf(name).at(-1);
  const slash = typeof last === "string" ? last.lastIndexOf("/") : -1;
  return typeof last === "string" && slash >= 0 && slash < last.length - 1 ? known(last.slice(slash + 1)) : undefined;
}

function observerFor(world: World, type: string): ReadObserver | undefined {
  const { observe } = world;
  return observe === undefined ? undefined : (path) => observe(type, path);
}

function typeKeyOf(resource: PlannedResource): string {
  const type = resource.type.toLowerCase();
  if (!type.includes("/providers/") || resource.id instanceof Unknown) return type;
  return resource.id.type.toLowerCase();
}

function indexReferences(views: readonly ResourceView[]): ReferenceIndex {
  const byKey = new Map<string, ResourceView[]>();
  for (const view of views) {
    const keys = new Set<string>();
    collectIds(view.properties.body, keys);
    for (const key of keys) push(byKey, key, view);
  }
  return byKey;
}

/** Adds the key of every resource id below `value`. */
function collectIds(value: Value, keys: Set<string>): void {
  if (typeof value === "string") {
    const id = value.startsWith("/") ? parseResourceId(value) : null;
    if (id !== null) keys.add(id.key);
    return;
  }
  if (value instanceof Unknown) {
    const id = joinableId(value);
    if (id !== null) keys.add(id.key);
    return;
  }
  const items = isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  for (const item of items) collectIds(item, keys);
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
