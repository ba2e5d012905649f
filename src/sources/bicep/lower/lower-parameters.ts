import type { ArmValue } from "../../../expression/arm-value.ts";
import type { ExpressionNode } from "../../../expression/ast.ts";
import { Unknown } from "../../../expression/value.ts";
import { GateError } from "../../../diagnostics/gate-error.ts";
import type { GivenParameters } from "../../arm/template/request.ts";
import type { TemplateNode } from "../../arm/template/node.ts";
import type { FunctionCall, InstanceCall } from "../syntax/ast.ts";
import { nameOfFile } from "../workspace/source-files.ts";
import { strip } from "./target.ts";
import { unwrap } from "./body.ts";
import type { Lowerer } from "./lowerer.ts";
import { toExpression } from "./nodes.ts";
import type { OwnedAssignment, ParametersFile } from "./parameters-file.ts";

/** A secret of a vault. */
export interface VaultReference {
  readonly vault: string;
  readonly secretName: string;
  readonly secretVersion: string | undefined;
}

/** What a parameters file gives a parameter, and how that is written. */
export type LoweredParameter = { readonly node: TemplateNode } & (
  | { readonly kind: "value"; readonly value: ArmValue }
  | { readonly kind: "reference"; readonly reference: VaultReference }
  /** One that depends on what the caller of the deployment supplies. */
  | { readonly kind: "expression"; readonly expression: ExpressionNode; readonly value: ArmValue }
);

/** What the caller of a deployment is asked for. */
export interface ExternalInput {
  readonly kind: ArmValue;
  readonly config: ArmValue | undefined;
}

/** What a parameters file says. */
export interface LoweredParameters {
  readonly parameters: ReadonlyMap<string, LoweredParameter>;
  readonly externalInputs: ReadonlyMap<string, ExternalInput>;
}

/** Works out what a parameters file says. @throws GateError PARAMETER_INVALID when a value cannot be worked out */
export function lowerParameters(file: ParametersFile): LoweredParameters {
  const parameters = new Map<string, LoweredParameter>();
  for (const [name, assignment] of file.assignments()) parameters.set(name, lowerAssignment(name, assignment));
  const externalInputs = new Map<string, ExternalInput>();
  const { calls } = file.lowerer.unit.externalInputs;
  for (const [key, { arguments: given }] of [...calls].sort(([left], [right]) => (left < right ? -1 : 1))) {
    const [kind, config] = given.map(({ value }) => valueOf(key, { file, expression: file.lowerer.expression(value) }));
    externalInputs.set(key, { kind: kind ?? null, config });
  }
  return { parameters, externalInputs };
}

function lowerAssignment(name: string, { declaration, owner }: OwnedAssignment): LoweredParameter {
  const { lowerer } = owner;
  const node = lowerer.value(declaration.value);
  const expression = toExpression(node);
  const called = strip(lowerer.unit, declaration.value);
  if (called.kind === "call" || called.kind === "instanceCall") {
    const reference = vaultReference(lowerer, called);
    if (reference !== undefined) return { kind: "reference", reference, node };
  }
  const value = valueOf(name, { file: owner, expression });
  return asksForInput(expression) ? { kind: "expression", expression, value, node } : { kind: "value", value, node };
}

interface Asked {
  readonly file: ParametersFile;
  readonly expression: ExpressionNode;
}

function valueOf(name: string, { file, expression }: Asked): ArmValue {
  const result = file.evaluate(expression);
  if (result.ok) return result.value;
  const { sources, file: written } = file.lowerer.unit;
  throw new GateError(
    "PARAMETER_INVALID",
    `${nameOfFile(sources, written.path)}: the value of ${name} cannot be worked out: ${result.error.message}`,
  );
}

function asksForInput(node: ExpressionNode): boolean {
  switch (node.kind) {
    case "call":
      return node.key === "EXTERNALINPUTS" || node.args.some(asksForInput);
    case "member":
      return asksForInput(node.target);
    case "index":
      return asksForInput(node.target) || asksForInput(node.index);
    default:
      return false;
  }
}

/** `getSecret(subscription, group, vault, name)`, with a version if there is one. */
function vaultReference(lowerer: Lowerer, node: FunctionCall | InstanceCall): VaultReference | undefined {
  if (node.name.name !== "getSecret") return undefined;
  const symbol = lowerer.unit.bindings.uses.get(node.kind === "call" ? node : unwrap(node.base));
  if (symbol?.kind !== "builtInFunction" && symbol?.kind !== "namespace") return undefined;
  const [subscription = "", group = "", vault = "", secretName = "", secretVersion] = node.arguments.map(({ value }) =>
    textOf(lowerer.value(value)),
  );
  const id = `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.KeyVault/vaults/${vault}`;
  return { vault: id, secretName, secretVersion };
}

function textOf(node: TemplateNode): string {
  return node.kind === "scalar" && typeof node.value === "string" ? node.value : "";
}

/** The values for the template, each with the place where it is written. */
export function toGivenParameters({ parameters }: LoweredParameters): GivenParameters {
  return new Map(
    [...parameters].map(([name, parameter]) => {
      const { node } = parameter;
      if (parameter.kind !== "reference") return [name, { value: parameter.value, node }];
      const value = new Unknown("key-vault", `parameters('${name}')`, { sensitive: true });
      const { vault, secretName, secretVersion } = parameter.reference;
      const version = secretVersion === undefined ? {} : { secretVersion };
      return [name, { value, node, reference: { keyVault: { id: vault }, secretName, ...version } }];
    }),
  );
}
