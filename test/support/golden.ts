import { readFileSync } from "node:fs";
import { toGivenParameters } from "../../src/sources/bicep/lower/lower-parameters.ts";
import { fromValue } from "../../src/expression/convert.ts";
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
  /** The template itself, where it is no file. */
  readonly text?: string;
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
  const text = textOfTemplate(root, golden);
  return {
    ...common,
    source: "arm-template",
    template: readJsonc(text, golden.template),
    parameters: [givenOf(golden)],
  };
}

function textOfTemplate(root: string, { template, text }: GoldenCase): string {
  return text ?? readFileSync(`${root}/${template}`, "utf8");
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
        differences.push(`missing ${textOf(theirs["type"])} ${textOf(theirs["id"])}`);
      continue;
    }
    const [own] = left.splice(at, 1);
    compare(own, theirs, { path: `[${index}] ${textOf(theirs["type"])}`, differences, lenient });
  }
  for (const own of left) differences.push(`extra ${JSON.stringify(own?.["type"])} ${JSON.stringify(own?.["id"])}`);
  const outputs = Object.fromEntries(Object.entries(plan.outputs).map(([name, { value }]) => [name, value]));
  compare(outputs, golden.outputs ?? {}, { path: "outputs", differences, lenient });
  return differences;
}

function bodyOf({ after }: PlannedResource): Readonly<Record<string, Value>> {
  return isObject(after) ? after : {};
}

/** The same resource among ours: by id, or, where an id waits, the first one of the type whose id waits, too. */
function indexOf(ours: readonly Readonly<Record<string, Value>>[], theirs: Readonly<Record<string, Value>>): number {
  const exact = ours.findIndex((own) => own["id"] === theirs["id"] && sameType(own, theirs));
  const isWaiting = theirs["id"] === undefined || textOf(theirs["id"]).startsWith("[");
  if (exact >= 0 || !isWaiting) return exact;
  return ours.findIndex((own) => sameType(own, theirs) && typeof own["id"] !== "string");
}

function textOf(value: Value | undefined): string {
  return typeof value === "string" ? value : "";
}

function sameType(own: Readonly<Record<string, Value>>, theirs: Readonly<Record<string, Value>>): boolean {
  return textOf(own["type"]).toLowerCase() === textOf(theirs["type"]).toLowerCase();
}

interface Comparison {
  readonly path: string;
  readonly differences: string[];
  readonly lenient: boolean;
}

function compare(own: Value | undefined, theirs: Value | undefined, at: Comparison): void {
  if (isExpression(theirs) || (own instanceof Unknown && at.lenient)) return;
  if (own instanceof Sensitive) compare(own.value, theirs, at);
  else if (isArray(own) && isArray(theirs) && own.length === theirs.length) {
    for (const [index, each] of own.entries()) compare(each, theirs[index], { ...at, path: `${at.path}[${index}]` });
  } else if (isObject(own) && isObject(theirs)) compareMembers(own, theirs, at);
  else if (!sameScalar(own, theirs)) at.differences.push(`${at.path}: ${shown(own)} instead of ${shown(theirs)}`);
}

function isExpression(theirs: Value | undefined): boolean {
  return typeof theirs === "string" && theirs.startsWith("[") && theirs.endsWith("]");
}

function sameScalar(own: Value | undefined, theirs: Value | undefined): boolean {
  return Object.is(own, theirs) || (typeof own === "bigint" && Number(own) === theirs);
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
