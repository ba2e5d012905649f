import { type ArmValue, typeName } from "./arm-value.ts";
import type { CallNode } from "./ast.ts";
import { ExpressionFailure } from "./failure.ts";
import type { Session } from "./functions/signature.ts";
import type { Scope, UserFunction } from "./scope.ts";
import { Symbols } from "./symbols.ts";
import { Unknown } from "./value.ts";

/** A call of a function that the template defines. */
export interface UserCall {
  readonly node: CallNode;
  readonly scope: Scope;
  readonly userFunction: UserFunction;
}

/** What a declared type takes, by its name in lower case: ARM's names of the types of its values. */
const ACCEPTED_TYPES: Readonly<Record<string, string>> = {
  string: "String",
  securestring: "String",
  int: "Integer",
  bool: "Boolean",
  array: "Array",
  object: "Object",
  secureobject: "Object",
};

/**
 * Calls a function that the template defines: it sees its own parameters, the template's variables and functions, nothing else.
 *
 * @throws ExpressionFailure
 * @see https://learn.microsoft.com/azure/azure-resource-manager/templates/user-defined-functions
 */
export function callUserFunction(session: Session, { node, scope, userFunction }: UserCall): ArmValue {
  const { name, parameters, output } = userFunction;
  if (node.args.length !== parameters.length) {
    const message = `The template language function '${node.name}' expects exactly '${parameters.length}' parameters.`;
    throw new ExpressionFailure("arguments", message);
  }
  const openFunctions = opened(scope.openFunctions ?? [], name);
  const values = node.args.map((arg) => session.evaluate(arg, { ...scope, openFunctions }));
  const args = parameters.map((parameter, index): readonly [string, ArmValue] => {
    const value = values[index] ?? null;
    checkType(`the '${parameter.name}' parameter`, name, { type: parameter.type, value });
    return [parameter.name, value];
  });
  const inner: Scope = {
    place: "function",
    parameters: Symbols.of(args),
    variables: scope.variables,
    functions: scope.functions,
    deployment: scope.deployment,
    openFunctions,
    ...(scope.runtime === undefined ? {} : { runtime: scope.runtime }),
  };
  const value = typeof output.value === "function" ? output.value(inner) : session.evaluateTree(output.value, inner);
  checkType("the output", name, { type: output.type, value });
  return value;
}

/** A function is open while its arguments and its body are worked out: ARM takes a second call for a cycle. */
function opened(open: readonly string[], name: string): readonly string[] {
  if (!open.includes(name)) return [...open, name];
  const path = [...open.slice(open.indexOf(name)), name].join(" -> ");
  throw new ExpressionFailure("cycle", `The '${name}' symbol's definition cycles back to itself (${path}).`);
}

function checkType(
  what: string,
  name: string,
  { type, value }: { readonly type: string; readonly value: ArmValue },
): void {
  const expected = ACCEPTED_TYPES[type.toLowerCase()];
  if (expected === undefined || value instanceof Unknown || typeName(value) === expected) return;
  const where = `${what} of the user-defined function '${name}'`;
  const fact = `Expected a value of type '${expected}', but received a value of type '${typeName(value)}'.`;
  throw new ExpressionFailure("type", `The provided value for ${where} is not valid. ${fact}`);
}
