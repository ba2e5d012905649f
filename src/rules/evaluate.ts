import type { Plan } from "../plan/plan.ts";
import type { PlannedResource } from "../plan/planned-resource.ts";
import { type Assumption, type PlatformFamily, type ResourceView, World } from "../plan/world.ts";
import type { Rule, Severity } from "./define-rule.ts";
import type { Outcome } from "./outcome.ts";

/** A rule as the configuration wants it run. */
export interface RuleSetting {
  readonly rule: Rule;
  readonly severity: Severity;
  /** Parsed by the rule's own schema. */
  readonly options: unknown;
}

/** What one rule says of one resource in both worlds. */
export interface Evaluation {
  readonly setting: RuleSetting;
  readonly resource: PlannedResource;
  /** `null`: the resource does not exist before, or the rule judges the transition. */
  readonly before: readonly Outcome[] | null;
  /** `null`: the resource does not exist after. */
  readonly after: readonly Outcome[] | null;
  readonly transition: boolean;
  /** The rule threw: a defect of ours, which counts as not decided. */
  readonly crash: string | null;
}

/** What the configuration says about things no plan shows. */
export interface Surroundings {
  readonly platform: ReadonlySet<PlatformFamily>;
  readonly assumptions: readonly Assumption[];
}

/**
 * Asks every rule about every resource it applies to, before and after the deployment. Resources beside the deployment are part of
 * both worlds, but nobody asks about them.
 */
export function* evaluate(
  plan: Plan,
  settings: readonly RuleSetting[],
  surroundings: Surroundings,
): Generator<Evaluation> {
  const before = new World(plan, "before", surroundings);
  const after = new World(plan, "after", surroundings);
  const views = pairViews(before, after);
  for (const setting of settings) {
    for (const pair of candidates(setting.rule, views)) yield evaluateOne(setting, pair);
  }
}

interface ViewPair {
  readonly resource: PlannedResource;
  readonly before: ResourceView | undefined;
  readonly after: ResourceView | undefined;
}

/** The resources of both worlds by lower-case type. */
type ViewPairs = ReadonlyMap<string, readonly ViewPair[]>;

function pairViews(before: World, after: World): ViewPairs {
  const pairs = new Map<PlannedResource, { resource: PlannedResource; before?: ResourceView; after?: ResourceView }>();
  for (const world of [before, after]) {
    for (const view of world.resources) {
      if (view.resource.outside) continue;
      const pair = pairs.get(view.resource);
      if (pair === undefined) pairs.set(view.resource, { resource: view.resource, [world.side]: view });
      else pair[world.side] = view;
    }
  }
  const byType = new Map<string, ViewPair[]>();
  for (const { resource, before: earlier, after: later } of pairs.values()) {
    const key = (later ?? earlier)?.typeKey ?? "";
    const pair = { resource, before: earlier, after: later };
    const list = byType.get(key);
    if (list === undefined) byType.set(key, [pair]);
    else list.push(pair);
  }
  return byType;
}

function candidates(rule: Rule, views: ViewPairs): readonly ViewPair[] {
  return rule.appliesTo.types.flatMap((type) => views.get(type.toLowerCase()) ?? []);
}

function evaluateOne(setting: RuleSetting, pair: ViewPair): Evaluation {
  const { rule } = setting;
  const base = { setting, resource: pair.resource, transition: rule.checkTransition !== undefined };
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parsed by the rule's own schema, which its check is typed by
    const options = setting.options as never;
    if (rule.checkTransition !== undefined)
      return { ...base, before: null, after: toList(rule.checkTransition(pair, options)), crash: null };
    const before = pair.before === undefined ? null : toList(rule.check(pair.before, options));
    const after = pair.after === undefined ? null : toList(rule.check(pair.after, options));
    return { ...base, before, after, crash: null };
  } catch (error) {
    return { ...base, before: null, after: null, crash: error instanceof Error ? error.message : String(error) };
  }
}

function toList(outcomes: Outcome | readonly Outcome[]): readonly Outcome[] {
  return "outcome" in outcomes ? [outcomes] : outcomes;
}
