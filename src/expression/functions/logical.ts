import { type ArmValue, typeName } from "../arm-value.ts";
import { Sensitive, Unknown } from "../value.ts";
import { argumentAt, type Call, DOCUMENTATION, type FunctionDefinition, refuse } from "./signature.ts";

const PAGE = `${DOCUMENTATION}-logical`;

/** Logical functions. @see https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-logical */
export const LOGICAL: readonly FunctionDefinition[] = [
  {
    name: "and",
    parameters: ["any", "any"],
    rest: "any",
    lazy: true,
    secrets: "reveal",
    documentation: `${PAGE}#and`,
    evaluate: (call) => connect(call, false),
  },
  {
    name: "or",
    parameters: ["any", "any"],
    rest: "any",
    lazy: true,
    secrets: "reveal",
    documentation: `${PAGE}#or`,
    evaluate: (call) => connect(call, true),
  },
  {
    name: "not",
    parameters: ["Boolean"],
    secrets: "reveal",
    documentation: `${PAGE}#not`,
    evaluate: (call) => argumentAt(call, 0) === false,
  },
  { name: "true", parameters: [], documentation: `${PAGE}#true`, evaluate: () => true },
  { name: "false", parameters: [], documentation: `${PAGE}#false`, evaluate: () => false },
  { name: "if", parameters: ["any", "any", "any"], lazy: true, documentation: `${PAGE}#if`, evaluate: choose },
  {
    name: "bool",
    parameters: ["any"],
    unknowns: "inside",
    documentation: `${PAGE}#bool`,
    evaluate: (call) => toBoolean(argumentAt(call, 0)),
  },
];

/**
 * `and` (`decisive` false) and `or` (true): evaluates from the left until one argument decides. Behind an unknown one, arguments
 * without errors may still decide.
 */
function connect(call: Call, decisive: boolean): ArmValue {
  const { session, node, scope } = call;
  const evaluated: ArmValue[] = [];
  for (const [index, arg] of node.args.entries()) {
    const value = unmarked(session.evaluate(arg, scope));
    evaluated.push(value);
    if (value instanceof Unknown)
      return decidedLater(call, index, decisive) ? decisive : session.unknownLazyCall(call, evaluated);
    if (typeof value !== "boolean") {
      const fact = "is not valid: all arguments should be of type 'boolean'.";
      refuse("type", `The provided arguments for template language function '${call.definition.name}' ${fact}`);
    }
    if (value === decisive) return decisive;
  }
  return !decisive;
}

/** Whether an argument behind the unknown one at `index` decides, whatever that one is. */
function decidedLater(call: Call, index: number, decisive: boolean): boolean {
  return call.node.args.slice(index + 1).some((arg) => {
    const value = call.session.attempt(arg, call.scope);
    return value !== undefined && unmarked(value) === decisive;
  });
}

function choose(call: Call): ArmValue {
  const { session, node, scope } = call;
  const [test, whenTrue, whenFalse] = node.args;
  if (test === undefined || whenTrue === undefined || whenFalse === undefined) return null;
  const condition = unmarked(session.evaluate(test, scope));
  if (condition instanceof Unknown) return session.unknownLazyCall(call, [condition]);
  if (typeof condition === "boolean") return session.evaluate(condition ? whenTrue : whenFalse, scope);
  const fact = `to be of type 'boolean'. The provided value is of type '${typeName(condition)}'.`;
  return refuse("type", `The template language function 'if' expects its first parameter ${fact}`);
}

/** A condition is no secret, even where it comes out of one. */
function unmarked(value: ArmValue): ArmValue {
  return value instanceof Sensitive ? value.value : value;
}

function toBoolean(value: ArmValue): boolean {
  if (typeof value === "boolean") return value;
  if (typeof value === "bigint") return value !== 0n;
  if (typeof value === "number") return value !== 0;
  const text = typeof value === "string" ? value.trim().toLowerCase() : "";
  if (text === "true" || text === "false") return text === "true";
  const fact = "was invoked with a parameter that is not valid. The value cannot be converted to the target type.";
  return refuse("value", `The template language function 'bool' ${fact}`);
}
