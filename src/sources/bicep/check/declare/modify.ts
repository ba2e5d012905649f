import type { Decorator } from "../../syntax/ast.ts";
import { literalOf, nullable, withoutNull } from "../../types/union.ts";
import type { BicepType, IntType } from "../../types/type.ts";
import type { FileContext } from "../context.ts";
import { fault } from "../fault.ts";

interface Decorated {
  readonly decorators: readonly Decorator[];
}

/** The decorator of the language with this name before `node`; of several the first. */
export function hasDecorator(context: FileContext, { decorators }: Decorated, name: string): Decorator | undefined {
  return decorators.find(({ expression }) => {
    if (expression.kind === "call") {
      return expression.name.name === name && context.bindings.uses.get(expression)?.kind === "decorator";
    }
    if (expression.kind !== "instanceCall" || expression.name.name !== name) return false;
    const { base } = expression;
    return (
      base.kind === "variable" && base.name.name === "sys" && context.bindings.uses.get(base)?.kind === "namespace"
    );
  });
}

/** The text that a decorator is called with alone. */
export function textOfDecorator(context: FileContext, decorator: Decorator): string | undefined {
  const value = argumentOf(context, decorator);
  return typeof value === "string" ? value : undefined;
}

function numberOf(context: FileContext, decorator: Decorator | undefined): bigint | undefined {
  const value = decorator === undefined ? undefined : argumentOf(context, decorator);
  return typeof value === "bigint" ? value : undefined;
}

function argumentOf(context: FileContext, { expression }: Decorator): ReturnType<typeof literalOf> {
  if (expression.kind !== "call" && expression.kind !== "instanceCall") return undefined;
  const [only, other] = expression.arguments;
  return only === undefined || other !== undefined ? undefined : literalOf(context.typeOf(only.value));
}

/** A declared type as its decorators narrow it: how long or large values may be, secrets, closed objects. */
export function modify(context: FileContext, type: BicepType, node: Decorated): BicepType {
  if (node.decorators.length === 0 || type.kind === "error") return type;
  const rest = withoutNull(type);
  if (rest !== undefined) return nullable(modify(context, rest, node));
  switch (type.kind) {
    case "int":
      return modifyInt(context, type, node);
    case "string":
    case "array":
      return modifyLength(context, type, node);
    case "object": {
      const secure = hasDecorator(context, node, "secure") !== undefined || type.secure === true;
      const isSealed = hasDecorator(context, node, "sealed") !== undefined;
      return { ...type, secure, additional: isSealed ? undefined : type.additional };
    }
    default:
      return type;
  }
}

function modifyInt(context: FileContext, type: IntType, node: Decorated): BicepType {
  const minimum = hasDecorator(context, node, "minValue");
  const maximum = hasDecorator(context, node, "maxValue");
  const min = numberOf(context, minimum) ?? type.min;
  const max = numberOf(context, maximum) ?? type.max;
  const place = minimum ?? maximum;
  if (min === undefined || max === undefined || min <= max || place === undefined) return { ...type, min, max };
  return fault(context, ["BCP331", place], "minValue", String(min), "maxValue", String(max));
}

function modifyLength(
  context: FileContext,
  type: Extract<BicepType, { kind: "array" | "string" }>,
  node: Decorated,
): BicepType {
  const minimum = hasDecorator(context, node, "minLength");
  const maximum = hasDecorator(context, node, "maxLength");
  const minLength = lengthOf(context, minimum) ?? type.minLength;
  const maxLength = lengthOf(context, maximum) ?? type.maxLength;
  const place = minimum ?? maximum;
  const isEmpty = minLength !== undefined && maxLength !== undefined && minLength > maxLength;
  if (isEmpty && place !== undefined) {
    return fault(context, ["BCP331", place], "minLength", String(minLength), "maxLength", String(maxLength));
  }
  if (type.kind === "array") return { ...type, minLength, maxLength };
  const secure = hasDecorator(context, node, "secure") !== undefined || type.secure === true;
  return { ...type, minLength, maxLength, ...(secure ? { secure } : {}) };
}

function lengthOf(context: FileContext, decorator: Decorator | undefined): number | undefined {
  const value = numberOf(context, decorator);
  return value === undefined ? undefined : Number(value);
}
