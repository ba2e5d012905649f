import { ArmObject, type ArmValue, isArmArray, isNull, typeName } from "../../../expression/arm-value.ts";
import { foldName } from "../../../expression/dotnet/casing.ts";
import type { Evaluator } from "../../../expression/evaluate.ts";
import type { Evaluation } from "../../../expression/evaluation.ts";
import type { Scope } from "../../../expression/scope.ts";
import { type Definition, Symbols } from "../../../expression/symbols.ts";
import { Sensitive, Unknown } from "../../../expression/value.ts";
import type { Notification } from "../../../diagnostics/notification.ts";
import { GateError } from "../../../diagnostics/gate-error.ts";
import { evaluateNode } from "./evaluate-node.ts";
import { type TemplateNode, valueOf } from "./node.ts";
import type { GivenParameter, GivenParameters } from "./request.ts";

/** What the parameters of a template are worked out from. */
export interface ParameterRequest {
  readonly evaluator: Evaluator;
  readonly declared: TemplateNode | undefined;
  /** What comes later wins. */
  readonly given: readonly GivenParameters[];
  readonly strict: boolean;
  readonly scopeOf: () => Scope;
  readonly note: (notification: Notification) => void;
}

/**
 * The parameters of a template: given, by default, or unknown.
 *
 * @throws GateError PARAMETER_INVALID for a value that Resource Manager would refuse, PARAMETER_MISSING under `strict`
 */
export function readParameters(request: ParameterRequest): Symbols {
  const { declared } = request;
  const given = mergeGiven(request.given);
  const definitions: (readonly [string, Definition])[] = [];
  const known = new Set<string>();
  if (declared?.kind === "object") {
    for (const { name, value: declaration } of declared.members.values()) {
      known.add(foldName(name));
      definitions.push([name, definitionOf(name, declaration, given.get(foldName(name))?.parameter, request)]);
    }
  }
  const undeclared = [...given].filter(([key]) => !known.has(key)).map(([, { name }]) => `'${name}'`);
  if (undeclared.length > 0) {
    throw new GateError(
      "PARAMETER_INVALID",
      `the template does not declare the parameters that were given: ${undeclared.join(", ")}`,
    );
  }
  return new Symbols(definitions);
}

function mergeGiven(lists: readonly GivenParameters[]): Map<string, { name: string; parameter: GivenParameter }> {
  const merged = new Map<string, { name: string; parameter: GivenParameter }>();
  for (const list of lists) for (const [name, parameter] of list) merged.set(foldName(name), { name, parameter });
  return merged;
}

function definitionOf(
  name: string,
  declaration: TemplateNode,
  given: GivenParameter | undefined,
  request: ParameterRequest,
): Definition {
  const type = textOf(valueOf(declaration, "type"))?.toLowerCase() ?? "";
  const isSecure = type.startsWith("secure");
  const fallback = valueOf(declaration, "defaultValue");
  if (given !== undefined && !isNull(given.value)) {
    const value = isSecure ? concealed(given.value, name) : given.value;
    checkValue(name, declaration, value, request);
    return () => ({ ok: true, value });
  }
  if (fallback !== undefined) {
    return () => {
      const result = evaluateNode(fallback, {
        evaluator: request.evaluator,
        scope: { ...request.scopeOf(), place: "parameter" },
        copies: false,
      });
      if (!result.ok) return result;
      const value = isSecure ? concealed(result.value, name) : result.value;
      checkValue(name, declaration, value, request);
      return { ok: true, value } satisfies Evaluation;
    };
  }
  if (isTrue(valueOf(declaration, "nullable"))) return () => ({ ok: true, value: null });
  return missing(name, isSecure, request);
}

function missing(name: string, isSecure: boolean, { strict, note }: ParameterRequest): Definition {
  if (strict) throw new GateError("PARAMETER_MISSING", `the parameter '${name}' has no value`);
  note({
    level: "warning",
    code: "parameter-missing",
    message: `the parameter '${name}' has no value: what depends on it is not known`,
  });
  const value = new Unknown("parameter", `parameters('${name}')`, isSecure);
  return () => ({ ok: true, value });
}

/** A value of a secure parameter: every leaf of it is a secret. */
function concealed(value: ArmValue, name: string): ArmValue {
  if (value instanceof Unknown) return new Unknown(value.reason, value.expression ?? `parameters('${name}')`, true);
  if (value instanceof Sensitive) return value;
  if (isArmArray(value)) return value.map((item) => concealed(item, name));
  if (value instanceof ArmObject)
    return ArmObject.of([...value.members].map(([key, member]) => [key, concealed(member, name)] as const));
  return new Sensitive(value);
}

const TYPES: Readonly<Record<string, readonly string[]>> = {
  string: ["String"],
  securestring: ["String"],
  int: ["Integer"],
  bool: ["Boolean"],
  array: ["Array"],
  object: ["Object"],
  secureobject: ["Object"],
};

function checkValue(name: string, declaration: TemplateNode, value: ArmValue, request: ParameterRequest): void {
  if (value instanceof Unknown || isNull(value)) return;
  const type = textOf(valueOf(declaration, "type"))?.toLowerCase();
  const accepted = type === undefined || !Object.hasOwn(TYPES, type) ? undefined : TYPES[type];
  if (accepted !== undefined && !accepted.includes(typeName(value)))
    throw invalid(
      name,
      `expected a value of type '${accepted.join(", ")}', but received one of type '${typeName(value)}'`,
    );
  checkBounds(name, declaration, value);
  checkAllowed(name, declaration, value, request);
}

function checkBounds(name: string, declaration: TemplateNode, value: ArmValue): void {
  const plain = value instanceof Sensitive ? value.value : value;
  const length = typeof plain === "string" || isArmArray(plain) ? BigInt(plain.length) : undefined;
  const bounds = [
    ["minLength", length, (a: bigint, b: bigint) => a >= b, "the length must be at least"],
    ["maxLength", length, (a: bigint, b: bigint) => a <= b, "the length must be at most"],
    [
      "minValue",
      typeof plain === "bigint" ? plain : undefined,
      (a: bigint, b: bigint) => a >= b,
      "it must be at least",
    ],
    ["maxValue", typeof plain === "bigint" ? plain : undefined, (a: bigint, b: bigint) => a <= b, "it must be at most"],
  ] as const;
  for (const [member, size, holds, words] of bounds) {
    const bound = valueOf(declaration, member);
    if (size === undefined || bound?.kind !== "scalar" || typeof bound.value !== "bigint") continue;
    if (!holds(size, bound.value)) throw invalid(name, `${words} ${bound.value}`);
  }
}

function checkAllowed(name: string, declaration: TemplateNode, value: ArmValue, request: ParameterRequest): void {
  const allowed = valueOf(declaration, "allowedValues");
  if (allowed?.kind !== "array") return;
  const values = allowed.elements.flatMap((element) => {
    const result = evaluateNode(element, { evaluator: request.evaluator, scope: request.scopeOf(), copies: false });
    return result.ok ? [result.value] : [];
  });
  const texts = new Set(values.map(keyOf));
  const isAllowed = (each: ArmValue) => each instanceof Unknown || texts.has(keyOf(each));
  const holds = isAllowed(value) || (isArmArray(value) && value.every(isAllowed));
  if (!holds) throw invalid(name, "it is not one of the allowed values");
}

/** A text that is equal for equal values. */
function keyOf(value: ArmValue): string {
  if (value instanceof Sensitive) return keyOf(value.value);
  if (isArmArray(value)) return `[${value.map(keyOf).join(",")}]`;
  if (value instanceof ArmObject)
    return `{${[...value.members]
      .map(([name, member]) => `${JSON.stringify(name)}:${keyOf(member)}`)
      .sort()
      .join(",")}}`;
  return value instanceof Unknown ? "unknown" : `${typeof value} ${String(value)}`;
}

function invalid(name: string, what: string): GateError {
  return new GateError("PARAMETER_INVALID", `the value of the parameter '${name}' is not valid: ${what}`);
}

function textOf(node: TemplateNode | undefined): string | undefined {
  return node?.kind === "scalar" && typeof node.value === "string" ? node.value : undefined;
}

function isTrue(node: TemplateNode | undefined): boolean {
  return node?.kind === "scalar" && node.value === true;
}
