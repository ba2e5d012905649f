import { isObject, Unknown, type Value } from "../../../expression/value.ts";
import type { PlannedResource } from "../../../plan/planned-resource.ts";
import { isExpression, type PredictedResource } from "./predicted-resource.ts";

/** The same resource on both sides, or one that only one side has. */
export interface Pair {
  readonly ours: PlannedResource | null;
  readonly theirs: PredictedResource | null;
}

/**
 * Joins two expansions of one deployment: by id, in order where an id occurs more than once; what has no id that is known by type and name;
 * what has no name that is known by type, in order, those with a condition that waits apart. In the order of ours, then what only they have.
 */
export function pairResources(ours: readonly PlannedResource[], theirs: readonly PredictedResource[]): readonly Pair[] {
  const joiner = new Joiner(ours, theirs);
  joiner.join(idOfOurs, idOfTheirs);
  joiner.join(typeAndName, (predicted) => (idOfTheirs(predicted) === null ? typeAndNameOfTheirs(predicted) : null));
  joiner.join(
    (planned) => (idOfOurs(planned) === null ? typeAndName(planned) : null),
    (predicted) => typeAndNameOfTheirs(predicted),
  );
  joiner.join(
    (planned) => (planned.name instanceof Unknown ? typeAndCondition(planned.type, planned.after) : null),
    (predicted) => (isExpression(predicted.name) ? typeAndCondition(predicted.type, predicted.body) : null),
  );
  joiner.join(
    ({ name, type }) => (name instanceof Unknown ? type.toLowerCase() : null),
    ({ type }) => type.toLowerCase(),
  );
  joiner.join(
    ({ type }) => type.toLowerCase(),
    ({ name, type }) => (isExpression(name) ? type.toLowerCase() : null),
  );
  return joiner.pairs();
}

type Key<Resource> = (resource: Resource) => string | null;

class Joiner {
  readonly #ours: readonly PlannedResource[];
  readonly #found = new Map<PlannedResource, PredictedResource>();
  #rest: ReadonlySet<PredictedResource>;

  constructor(ours: readonly PlannedResource[], theirs: readonly PredictedResource[]) {
    this.#ours = ours;
    this.#rest = new Set(theirs);
  }

  /** Joins what is still alone and has the same key. */
  join(keyOfOurs: Key<PlannedResource>, keyOfTheirs: Key<PredictedResource>): void {
    const byKey = new Map<string, PredictedResource[]>();
    for (const predicted of [...this.#rest].reverse()) {
      const key = keyOfTheirs(predicted);
      if (key === null) continue;
      const same = byKey.get(key);
      if (same === undefined) byKey.set(key, [predicted]);
      else same.push(predicted);
    }
    const rest = new Set(this.#rest);
    for (const planned of this.#ours) {
      const key = this.#found.has(planned) ? null : keyOfOurs(planned);
      const predicted = key === null ? undefined : byKey.get(key)?.pop();
      if (predicted === undefined) continue;
      this.#found.set(planned, predicted);
      rest.delete(predicted);
    }
    this.#rest = rest;
  }

  pairs(): readonly Pair[] {
    return [
      ...this.#ours.map((planned) => ({ ours: planned, theirs: this.#found.get(planned) ?? null })),
      ...[...this.#rest].map((predicted) => ({ ours: null, theirs: predicted })),
    ];
  }
}

function idOfOurs({ id }: PlannedResource): string | null {
  return id instanceof Unknown ? null : id.key;
}

function idOfTheirs({ id }: PredictedResource): string | null {
  return id === null || isExpression(id) ? null : id.toLowerCase();
}

function typeAndName({ type, name }: PlannedResource): string {
  const text = name instanceof Unknown ? `[${name.expression ?? ""}]` : name;
  return `${type}\n${text}`.toLowerCase();
}

function typeAndCondition(type: string, body: Value): string {
  return `${type}\n${hasCondition(body)}`.toLowerCase();
}

/** Whether it depends on what only the deployment tells that there will be such a resource. */
export function hasCondition(body: Value): boolean {
  return isObject(body) && body["condition"] !== undefined;
}

function typeAndNameOfTheirs({ type, name }: PredictedResource): string {
  return `${type}\n${name ?? ""}`.toLowerCase();
}
