import { foldName } from "../../src/expression/dotnet/casing.ts";
import { Evaluator } from "../../src/expression/evaluate.ts";
import type { Evaluation } from "../../src/expression/evaluation.ts";
import type { DeploymentScope, Place, Scope, UserFunction } from "../../src/expression/scope.ts";
import { Symbols } from "../../src/expression/symbols.ts";
import type { TemplateObject, TemplateValue } from "../../src/expression/template-value.ts";

/** The sets of options that expressions are evaluated with; see `test/expression/vectors/README.md`. */
export const WORLDS = ["resourceGroup", "named", "none", "subscription", "managementGroup", "tenant"] as const;

/** Which options an expression is evaluated with. */
export type WorldName = (typeof WORLDS)[number];

/** How an expression may stand in the template. */
export const FORMS = ["none", "literal", "param", "copy"] as const;

/** How an expression stands in the template. */
export type Form = (typeof FORMS)[number];

const ID = "ffffffff-ffff-ffff-ffff-ffffffffffff";
const NOTHING = {
  tenantId: null,
  subscriptionId: null,
  resourceGroup: null,
  resourceGroupLocation: null,
  managementGroup: null,
  name: null,
  location: null,
  contentVersion: "1.0.0.0",
};
const GROUP = {
  ...NOTHING,
  kind: "resourceGroup",
  tenantId: ID,
  subscriptionId: ID,
  resourceGroup: "ps-rule-test-rg",
  resourceGroupLocation: "eastus",
} as const;

/** The deployments that the vectors were recorded in. */
export const DEPLOYMENTS: Readonly<Record<WorldName, DeploymentScope>> = {
  resourceGroup: GROUP,
  named: { ...GROUP, name: "dep-test" },
  none: { ...NOTHING, kind: "resourceGroup" },
  subscription: { ...NOTHING, kind: "subscription", tenantId: ID, subscriptionId: ID, location: "eastus" },
  managementGroup: {
    ...NOTHING,
    kind: "managementGroup",
    tenantId: ID,
    managementGroup: "mg-test",
    location: "eastus",
  },
  tenant: { ...NOTHING, kind: "tenant", tenantId: ID, location: "eastus" },
};

const PARAMETERS: Readonly<Record<string, { readonly type: string; readonly defaultValue: TemplateValue }>> = {
  s: { type: "string", defaultValue: "str" },
  i: { type: "int", defaultValue: 5 },
  b: { type: "bool", defaultValue: true },
  o: { type: "object", defaultValue: { X: 1, y: { z: 2 } } },
  a: { type: "array", defaultValue: [10, 20, 30] },
  d: { type: "string", defaultValue: "[concat('d', parameters('s'))]" },
  sec: { type: "secureString", defaultValue: "pw" },
};
const VARIABLES: TemplateObject = {
  s: "var",
  i: 7,
  f: "[json('1.5')]",
  n: "[null()]",
  o: { k: "v" },
  a: ["p", "q"],
  nested: "[concat(parameters('s'), '-', variables('s'))]",
  esc: "[[x]",
};
const FUNCTIONS: readonly UserFunction[] = [
  {
    name: "ns.double",
    parameters: [{ name: "x", type: "int" }],
    output: { type: "int", value: "[mul(parameters('x'), 2)]" },
  },
  {
    name: "ns.greet",
    parameters: [{ name: "who", type: "string" }],
    output: { type: "string", value: "[concat('hi ', parameters('who'))]" },
  },
  {
    name: "ns.obj",
    parameters: [{ name: "v", type: "string" }],
    output: { type: "object", value: { k: "[toUpper(parameters('v'))]" } },
  },
];

/** The scopes around an expression of the vectors, in each place. */
export function scopesOf(evaluator: Evaluator, world: WorldName): (place: Place) => Scope {
  const functions = new Map(FUNCTIONS.map((each) => [foldName(each.name), each]));
  const scopeAt = (place: Place): Scope => ({
    place,
    parameters,
    variables,
    functions,
    deployment: DEPLOYMENTS[world],
  });
  const parameters = new Symbols(
    Object.entries(PARAMETERS).map(([name, { defaultValue }]) => [
      name,
      (): Evaluation => evaluator.tree(defaultValue, scopeAt("parameter")),
    ]),
  );
  const variables = new Symbols([
    ...Object.entries(VARIABLES).map(([name, value]): [string, () => Evaluation] => [
      name,
      () => evaluator.tree(value, scopeAt("variable")),
    ]),
    ["cp", () => ({ ok: true, value: [0n, 1n, 2n] })],
  ]);
  return scopeAt;
}

/** What the evaluator makes of an expression that stands in the template in that form. */
export function evaluateIn(world: WorldName, form: Form, expression: string): Evaluation {
  const evaluator = new Evaluator();
  const scopeAt = scopesOf(evaluator, world);
  if (form === "literal") return evaluator.text(expression, scopeAt("output"));
  if (form === "param") return evaluator.text(`[${expression}]`, scopeAt("parameter"));
  if (form === "none") return evaluator.text(`[${expression}]`, scopeAt("output"));
  const values = [];
  for (let index = 0; index < 3; index += 1) {
    const current = { name: "result", index };
    const result = evaluator.text(`[${expression}]`, { ...scopeAt("output"), copy: { current, loops: [current] } });
    if (!result.ok) return result;
    values.push(result.value);
  }
  return { ok: true, value: values };
}

const SCHEMAS = {
  resourceGroup: "2019-04-01/deploymentTemplate",
  subscription: "2018-05-01/subscriptionDeploymentTemplate",
  managementGroup: "2019-08-01/managementGroupDeploymentTemplate",
  tenant: "2019-08-01/tenantDeploymentTemplate",
};

/** The template around expressions: what `scopesOf` models, for Microsoft's engine. */
export function templateOf(world: WorldName): Readonly<Record<string, unknown>> & { readonly parameters: object } {
  const kind = DEPLOYMENTS[world].kind;
  const members: Record<string, unknown> = {};
  for (const { name, parameters, output } of FUNCTIONS) members[name.replace("ns.", "")] = { parameters, output };
  return {
    $schema: `https://schema.management.azure.com/schemas/${SCHEMAS[kind]}.json#`,
    contentVersion: "1.0.0.0",
    parameters: { ...PARAMETERS },
    variables: { ...VARIABLES, copy: [{ name: "cp", count: 3, input: "[copyIndex('cp')]" }] },
    functions: [{ namespace: "ns", members }],
    resources: [],
  };
}

/** The options for Microsoft's engine. */
export function optionsOf(world: WorldName): Record<string, string> {
  const { tenantId, subscriptionId, resourceGroup, managementGroup, resourceGroupLocation, location, name } =
    DEPLOYMENTS[world];
  const options = {
    tenantId,
    subscriptionId,
    resourceGroup,
    managementGroup,
    location: resourceGroupLocation ?? location,
    deploymentName: name,
  };
  const given = Object.entries(options).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return Object.fromEntries(given);
}
