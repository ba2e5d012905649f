import { readFileSync } from "node:fs";
import { toGivenParameters } from "../../src/sources/bicep/lower/lower-parameters.ts";
import { fromValue, toValue } from "../../src/expression/convert.ts";
import { isArray, isObject, Sensitive, Unknown, type Value } from "../../src/expression/value.ts";
import type { Plan } from "../../src/plan/plan.ts";
import type { PlannedResource } from "../../src/plan/planned-resource.ts";
import { expandTemplate } from "../../src/sources/arm/template/expand-template.ts";
import { readJsonc } from "../../src/sources/arm/template/read-jsonc.ts";
import type { GivenParameters, TemplateRequest } from "../../src/sources/arm/template/request.ts";
import { lower } from "../../src/sources/bicep/lower/lower.ts";
import { confinedFiles } from "../../src/sources/bicep/workspace/confined-files.ts";
import { loadWorkspace } from "../../src/sources/bicep/workspace/workspace.ts";
import type { DeploymentKind } from "../../src/expression/scope.ts";

/** One expansion recorded from Microsoft's own engine. */
export interface GoldenCase {
  readonly template: string;
  readonly parameters: Readonly<Record<string, Value>>;
  readonly scope: {
    readonly kind: DeploymentKind;
    readonly subscriptionId?: string;
    readonly resourceGroup?: string;
    readonly tenantId?: string;
    readonly location?: string;
    readonly managementGroup?: string;
    readonly managementGroupId?: string;
    readonly deploymentName?: string;
  };
  readonly predictedResources?: readonly Readonly<Record<string, Value>>[];
  readonly outputs?: Readonly<Record<string, Value>>;
  readonly diagnostics?: readonly unknown[];
  readonly error?: string;
  readonly errorFrom?: "engine" | "bicep" | "offline";
  readonly quirks?: readonly string[];
}

/** The cases in a golden file. */
export function readGolden(path: string): readonly GoldenCase[] {
  return (JSON.parse(readFileSync(path, "utf8")) as { readonly cases: readonly GoldenCase[] }).cases;
}

/** What we make of the template of a case. `root` is what its path is relative to. */
export function expandCase(root: string, golden: GoldenCase): Plan {
  return expandTemplate(requestOf(root, golden)).plan;
}

function requestOf(root: string, golden: GoldenCase): TemplateRequest {
  const { scope } = golden;
  const common = {
    scope: {
      kind: null,
      tenantId: scope.tenantId ?? null,
      subscriptionId: scope.subscriptionId ?? null,
      resourceGroup: scope.resourceGroup ?? null,
      managementGroup: scope.managementGroup ?? scope.managementGroupId ?? null,
      location: scope.location ?? null,
      deploymentName: scope.deploymentName ?? null,
    },
    strictParameters: true,
    linkedTemplates: new Map(),
  };
  if (/\.bicep(?:param)?$/.test(golden.template)) {
    const files = confinedFiles({ root, moduleFolders: [], environment: new Map() });
    const workspace = loadWorkspace(golden.template, files);
    if (workspace === undefined) throw new Error(`${golden.template} does not exist`);
    const { template, parameters } = lower(workspace);
    if (template === undefined) throw new Error(`${golden.template} has no template`);
    const own = parameters === undefined ? givenOf(golden) : toGivenParameters(parameters);
    return { ...common, source: "bicep", template, parameters: [own] };
  }
  const text = readFileSync(`${root}/${golden.template}`, "utf8");
  return {
    ...common,
    source: "arm-template",
    template: readJsonc(text, golden.template),
    parameters: [givenOf(golden)],
  };
}

function givenOf({ parameters }: GoldenCase): GivenParameters {
  return new Map(Object.entries(parameters).map(([name, value]) => [name, { value: fromValue(value), node: null }]));
}

/** How what we make of a case differs from what Microsoft's engine makes of it; empty when it does not. */
export function differencesOf(plan: Plan, golden: GoldenCase): readonly string[] {
  const lenient = golden.quirks !== undefined;
  const differences: string[] = [];
  const expected = golden.predictedResources ?? [];
  const ours = plan.resources.map(bodyOf);
  const left = [...ours];
  for (const [index, theirs] of expected.entries()) {
    const at = indexOf(left, theirs);
    if (at < 0) {
      if (theirs["condition"] === undefined)
        differences.push(`missing ${String(theirs["type"])} ${String(theirs["id"])}`);
      continue;
    }
    const [own] = left.splice(at, 1);
    compare(own, theirs, { path: `[${index}] ${String(theirs["type"])}`, differences, lenient });
  }
  for (const own of left) differences.push(`extra ${JSON.stringify(own?.["type"])} ${JSON.stringify(own?.["id"])}`);
  const outputs = Object.fromEntries(Object.entries(plan.outputs).map(([name, { value }]) => [name, value]));
  compare(outputs, golden.outputs ?? {}, { path: "outputs", differences, lenient });
  return differences;
}

function bodyOf({ after }: PlannedResource): Readonly<Record<string, Value>> {
  return isObject(after) ? after : {};
}

function indexOf(ours: readonly Readonly<Record<string, Value>>[], theirs: Readonly<Record<string, Value>>): number {
  const exact = ours.findIndex((own) => own["id"] === theirs["id"] && sameType(own, theirs));
  if (exact >= 0) return exact;
  const text = String(theirs["id"] ?? "");
  if (theirs["id"] !== undefined && !text.startsWith("[")) return -1;
  return ours.findIndex(
    (own) =>
      sameType(own, theirs) && (own["id"] instanceof Unknown || theirs["id"] === undefined || !isExpected(ours, own)),
  );
}

function isExpected(_ours: readonly Readonly<Record<string, Value>>[], own: Readonly<Record<string, Value>>): boolean {
  return own["id"] instanceof Unknown ? false : false;
}

function sameType(own: Readonly<Record<string, Value>>, theirs: Readonly<Record<string, Value>>): boolean {
  return String(own["type"]).toLowerCase() === String(theirs["type"]).toLowerCase();
}

interface Comparison {
  readonly path: string;
  readonly differences: string[];
  readonly lenient: boolean;
}

function compare(own: Value | undefined, theirs: Value | undefined, at: Comparison): void {
  if (own instanceof Sensitive) {
    const isExpression = typeof theirs === "string" && theirs.startsWith("[");
    if (!isExpression) compare(toValue(own.value as never), theirs, at);
    return;
  }
  if (typeof theirs === "string" && theirs.startsWith("[") && theirs.endsWith("]")) return;
  if (own instanceof Unknown && at.lenient) return;
  if (isArray(own) && isArray(theirs) && own.length === theirs.length) {
    for (const [index, each] of own.entries()) compare(each, theirs[index], { ...at, path: `${at.path}[${index}]` });
    return;
  }
  if (isObject(own) && isObject(theirs)) {
    compareMembers(own, theirs, at);
    return;
  }
  if (Object.is(own, theirs) || (typeof own === "bigint" && Number(own) === theirs)) return;
  at.differences.push(`${at.path}: ${shown(own)} instead of ${shown(theirs)}`);
}

function compareMembers(
  own: Readonly<Record<string, Value>>,
  theirs: Readonly<Record<string, Value>>,
  at: Comparison,
): void {
  for (const name of new Set([...Object.keys(own), ...Object.keys(theirs)])) {
    if (name.startsWith("[")) continue;
    const isKnown = name === "condition" && !Object.hasOwn(own, name);
    if (isKnown) continue;
    if (Object.hasOwn(own, name) && Object.hasOwn(theirs, name))
      compare(own[name], theirs[name], { ...at, path: `${at.path}.${name}` });
    else at.differences.push(`${at.path}.${name}: ${shown(own[name])} instead of ${shown(theirs[name])}`);
  }
}

function shown(value: Value | undefined): string {
  if (value instanceof Unknown) return `{unknown ${value.reason} ${value.expression ?? ""}}`.slice(0, 300);
  return value === undefined
    ? "nothing"
    : (
        JSON.stringify(value, (_, each: unknown) => (typeof each === "bigint" ? Number(each) : each)) ?? "nothing"
      ).slice(0, 300);
}
