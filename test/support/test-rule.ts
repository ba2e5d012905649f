import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { safeParse } from "valibot";
import { describe, expect, it } from "vitest";
import { Unknown, type Value } from "../../src/expression/value.ts";
import type { ChangeType } from "../../src/plan/change-type.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { formatPath, parsePath, toPath } from "../../src/plan/property-path.ts";
import { readPath } from "../../src/plan/property-reader.ts";
import { type Assumption, type PlatformFamily, World } from "../../src/plan/world.ts";
import type { Rule } from "../../src/rules/define-rule.ts";
import type { Outcome } from "../../src/rules/outcome.ts";
import { RULES } from "../../src/rules/index.ts";
import { makeUnknown, recaseNames, recaseTexts, writeAt } from "./mutate.ts";
import { PARITIES } from "./parity.ts";
import { planned, planOf } from "./plans.ts";
import type { Body } from "./resources.ts";

/** One case: a resource as it is planned, with what stands beside it. */
export interface Row {
  readonly name: string;
  readonly after?: Body;
  readonly before?: Body;
  readonly changeType?: ChangeType;
  /** The service cannot say whether the change happens. */
  readonly potential?: true;
  /** Other resources that exist before and after. */
  readonly beside?: readonly Body[];
  /** Other resources that the same deployment creates. */
  readonly created?: readonly Body[];
  readonly options?: Readonly<Record<string, unknown>>;
  readonly platform?: readonly PlatformFamily[];
  readonly assumptions?: readonly Assumption[];
  /** Something in the plan could not be analysed, so nothing is proved absent. */
  readonly incomplete?: true;
  /** Where the finding points. */
  readonly at?: string;
}

/** The cases of a rule by outcome, and what cannot be changed in letter case without changing its meaning. */
export interface RuleTable {
  readonly pass: readonly Row[];
  readonly fail: readonly Row[];
  readonly open: readonly Row[];
  readonly notApplicable: readonly Row[];
  readonly caseSensitive?: readonly string[];
}

const KINDS = ["pass", "fail", "open", "notApplicable"] as const;
const MAX_MESSAGE = 120;
const TYPE_TABLES = join(import.meta.dirname, "../../../shared/reference/resource-types");

/** Runs the table of a rule, and every check that no author should have to remember. */
export function testRule(rule: Rule, table: RuleTable): void {
  const rows = KINDS.flatMap((kind) => table[kind].map((row) => ({ kind, row })));
  const caseSensitive = new Set(table.caseSensitive);
  describe(`rule ${rule.id}`, () => {
    for (const { kind, row } of rows) it(`${kind}: ${row.name}`, () => expectOutcome(rule, row, kind));
    testTable(rule, table);
    testReads(
      rule,
      rows.map(({ row }) => row),
    );
    for (const { kind, row } of rows) testVariants(rule, row, { kind, caseSensitive });
    for (const row of table.fail) testFix(rule, row);
  });
}

type Kind = (typeof KINDS)[number];

function expectOutcome(rule: Rule, row: Row, kind: Kind): void {
  const outcomes = outcomesOf(rule, row);
  expect(worst(outcomes)).toBe(kind);
  for (const outcome of outcomes) expectWellFormed(outcome, row);
  if (row.at === undefined) return;
  const places = outcomes
    .filter(({ outcome }) => outcome === kind)
    .map((outcome) => ("at" in outcome ? formatPath(toPath(outcome.at)) : ""));
  expect(places).toContain(row.at);
}

function expectWellFormed(outcome: Outcome, row: Row): void {
  if (!("message" in outcome)) return;
  const name = (row.after ?? row.before)?.name ?? "";
  expect(outcome.message.length).toBeLessThanOrEqual(MAX_MESSAGE);
  expect(outcome.message.startsWith(name)).toBe(true);
  expect(outcome.message).not.toMatch(/[.!]$|\n/);
  const path = toPath(outcome.at);
  if (path.length > 1)
    expect(
      path.slice(0, -1).some((_, index) => readPath(bodyOf(row), path.slice(0, index + 1)).state !== "absent") ||
        path[0] === "properties",
    ).toBe(true);
}

function testTable(rule: Rule, table: RuleTable): void {
  it("has cases of all four outcomes, no two alike", () => {
    for (const kind of KINDS) expect(table[kind].length, kind).toBeGreaterThan(0);
    const all = KINDS.flatMap((kind) => table[kind]).map((row) => JSON.stringify({ ...row, name: "" }));
    expect(new Set(all).size).toBe(all.length);
  });

  it("is in the catalogue under its id", () => {
    expect(RULES.filter(({ id }) => id === rule.id)).toEqual([rule]);
    expect(rule.id).toMatch(/^[a-z-]+\/[a-z0-9-]+$/);
    expect(existsSync(join(import.meta.dirname, `../../src/rules/${rule.id}.ts`))).toBe(true);
  });
}

function testReads(rule: Rule, rows: readonly Row[]): void {
  it("declares exactly the properties it reads", () => {
    const seen = new Set<string>();
    for (const row of rows) outcomesOf(rule, row, (type, path) => seen.add(`${type} ${path}`.toLowerCase()));
    const declared = rule.reads.map(({ type, path }) => `${type} ${path}`.toLowerCase());
    const covers = (wide: string, narrow: string) =>
      wide === narrow || wide.startsWith(`${narrow}.`) || wide.startsWith(`${narrow}[]`);
    expect([...seen].filter((read) => !declared.some((path) => covers(path, read) || covers(read, path)))).toEqual([]);
    expect(declared.filter((path) => ![...seen].some((read) => covers(read, path) || covers(path, read)))).toEqual([]);
  });

  it.skipIf(!existsSync(TYPE_TABLES))("reads only properties that Microsoft's types have", () => {
    expect(rule.reads.filter(({ type, path }) => !typeHas(type, path))).toEqual([]);
  });
}

/** Whether the type tables know the property in some API version; untyped and cut places cannot be refuted. */
function typeHas(type: string, path: string): boolean {
  const provider = type.split("/")[0]?.toLowerCase() ?? "";
  const tables = JSON.parse(readFileSync(join(TYPE_TABLES, `${provider}.json`), "utf8")) as Record<
    string,
    { props: Record<string, unknown> }
  >;
  const entry = Object.entries(tables).find(([name]) => name.toLowerCase() === type.toLowerCase());
  if (entry === undefined) return false;
  const known = Object.keys(entry[1].props).map((name) =>
    name
      .replaceAll(/\{[^}]*\}/g, "")
      .replace(/^\./, "")
      .toLowerCase(),
  );
  const wanted = path.toLowerCase();
  const free = known.filter((name) => name.endsWith(".*")).map((name) => name.slice(0, -1));
  return (
    known.includes(wanted) ||
    free.some((prefix) => wanted.startsWith(prefix)) ||
    known.some((name) => wanted.startsWith(`${name}.`) && JSON.stringify(entry[1].props).includes('"any"'))
  );
}

function testVariants(
  rule: Rule,
  row: Row,
  { kind, caseSensitive }: { kind: Kind; caseSensitive: ReadonlySet<string> },
): void {
  it(`keeps its outcome in other letter case: ${row.name}`, () => {
    expect(worst(outcomesOf(rule, mapBodies(row, recaseNames)))).toBe(kind);
    for (const { type, path } of rule.reads.filter((read) => !caseSensitive.has(read.path))) {
      const recased = mapBodies(row, (body) => (sameType(body, type) ? recaseTexts(body, path) : body));
      expect(worst(outcomesOf(rule, recased)), `${path} in other case`).toBe(kind);
    }
  });

  it(`is never bolder about an unknown: ${row.name}`, () => {
    expect.assertions(rule.reads.length);
    for (const { type, path } of rule.reads) {
      const blurred = mapBodies(row, (body) => (sameType(body, type) ? makeUnknown(body, path) : body));
      expect([kind, "open"], `${path} unknown`).toContain(worst(outcomesOf(rule, blurred)));
    }
  });

  for (const parity of PARITIES) {
    it(`is the same from ${parity.source}: ${row.name}`, () => {
      const plan = parity.planOf(row);
      expect(plan === null ? kind : worst(outcomesIn(rule, { row, plan }))).toBe(kind);
    });
  }
}

function testFix(rule: Rule, row: Row): void {
  it(`is met once fixed: ${row.name}`, () => {
    const failing = outcomesOf(rule, row).filter((outcome) => outcome.outcome === "fail");
    for (const outcome of failing) {
      const edits = (outcome.fix ?? rule.fix)?.edits ?? [];
      if (edits.length === 0 || row.after === undefined) continue;
      const fixed = edits.reduce<Value>(
        (body, { path, value }) => writeAt(body, parsePath(path), value),
        row.after,
      ) as Body;
      expect(worst(outcomesOf(rule, { ...row, after: fixed }))).not.toBe("fail");
    }
  });
}

function outcomesOf(rule: Rule, row: Row, observe?: (type: string, path: string) => void): readonly Outcome[] {
  const subject = planned(row);
  const beside = (row.beside ?? []).map((body) => planned({ before: body, after: body, changeType: "noChange" }));
  const created = (row.created ?? []).map((body) => planned({ after: body }));
  const plan = planOf(
    [subject, ...beside, ...created],
    row.incomplete === true ? [{ resource: "nested", reason: "not expanded" }] : [],
  );
  return outcomesIn(rule, { row, plan, observe });
}

function outcomesIn(
  rule: Rule,
  context: { row: Row; plan: Plan; observe?: ((type: string, path: string) => void) | undefined },
): readonly Outcome[] {
  const { row, plan, observe } = context;
  const options = {
    platform: new Set(row.platform),
    assumptions: row.assumptions ?? [],
    ...(observe === undefined ? {} : { observe }),
  };
  const before = new World(plan, "before", options);
  const after = new World(plan, "after", options);
  const resource = plan.resources[0];
  if (resource === undefined) throw new Error("the plan lost its subject");
  const views = {
    before: before.resources.find((view) => view.resource === resource),
    after: after.resources.find((view) => view.resource === resource),
  };
  const view = views.after ?? views.before;
  const applies = rule.appliesTo.types.some((type) => type.toLowerCase() === view?.typeKey);
  if (!applies || view === undefined) return [{ outcome: "notApplicable" }];
  const parsed = optionsFor(rule, row) as never;
  if (parsed === undefined) return [{ outcome: "notApplicable" }];
  const outcomes =
    rule.checkTransition === undefined
      ? rule.check(view, parsed)
      : rule.checkTransition({ resource, ...views }, parsed);
  return "outcome" in outcomes ? [outcomes] : outcomes;
}

/** The options as the configuration would parse them; `undefined` when the rule needs some and there are none. */
function optionsFor(rule: Rule, row: Row): unknown {
  if (rule.options === undefined) return {};
  const result = safeParse(rule.options, row.options ?? {});
  if (!result.success && rule.needsOptions !== true) throw new Error(`the options of ${row.name} do not fit`);
  return result.success ? result.output : undefined;
}

const ORDER = ["fail", "open", "pass", "notApplicable"] as const;

function worst(outcomes: readonly Outcome[]): Kind {
  return ORDER.find((kind) => outcomes.some(({ outcome }) => outcome === kind)) ?? "pass";
}

function mapBodies(row: Row, change: (body: Body) => Value): Row {
  const apply = (body: Body) => change(body) as Body;
  return {
    ...row,
    ...(row.after === undefined ? {} : { after: apply(row.after) }),
    ...(row.before === undefined ? {} : { before: apply(row.before) }),
    ...(row.beside === undefined ? {} : { beside: row.beside.map(apply) }),
    ...(row.created === undefined ? {} : { created: row.created.map(apply) }),
  };
}

function sameType(body: Body, type: string): boolean {
  return body.type.toLowerCase() === type.toLowerCase();
}

function bodyOf(row: Row): Value {
  return row.after ?? row.before ?? new Unknown("not-reported");
}
