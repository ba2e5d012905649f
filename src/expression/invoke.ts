import { type ArmValue } from "./arm-value.ts";
import type { CallNode } from "./ast.ts";
import { ExpressionFailure } from "./failure.ts";
import {
  type Call,
  checkArity,
  type FunctionDefinition,
  isOfType,
  parameterType,
  refuseType,
  type Session,
} from "./functions/signature.ts";
import { residualText } from "./residual.ts";
import type { Place, Scope } from "./scope.ts";
import { withMarks, withoutMarks } from "./shape.ts";
import { Sensitive, Unknown } from "./value.ts";

/** What it costs to look at an argument, and to keep a result: that many bits less than the size of its shape. */
const READING_COST = 3;
const KEEPING_COST = 1;

/** Calls functions: checks place, number and types of the arguments, and keeps unknown parts and secrets what they are. */
export class Invoker {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** @throws ExpressionFailure, LimitReached */
  invoke(definition: FunctionDefinition, node: CallNode, scope: Scope): ArmValue {
    try {
      checkPlace(definition, node, scope.place);
      const session = this.#session;
      const unevaluated: Call = { definition, node, args: [], scope, session };
      if (definition.checkArity === undefined) checkArity(definition, node.args.length);
      else definition.checkArity(node.args.length, unevaluated);
      if (definition.lazy === true) return definition.evaluate(unevaluated);
      const inner = definition.runtime !== undefined ? withoutRuntime(scope) : scope;
      const args = node.args.map((arg) => session.evaluate(arg, inner));
      return this.#withArguments({ definition, node, args, scope, session });
    } catch (failure) {
      throw failure instanceof ExpressionFailure ? failure.at(node.span) : failure;
    }
  }

  #withArguments(call: Call): ArmValue {
    const { definition, args } = call;
    checkTypes(definition, args);
    let unknown = false;
    let secret = false;
    let size = 0;
    for (const arg of args) {
      const shape = this.#session.shapes.of(arg);
      unknown ||= shape.unknown;
      secret ||= shape.secret;
      size += shape.size;
    }
    this.#session.budget.spend(size >> READING_COST);
    if (unknown && waits(definition, args)) return this.#session.unknownCall(call, args);
    const value = secret ? this.#withSecrets(call, unknown) : definition.evaluate(call);
    this.#session.budget.spend(this.#session.shapes.of(value).size >> KEEPING_COST);
    return value;
  }

  #withSecrets(call: Call, unknown: boolean): ArmValue {
    const { definition, args } = call;
    const mode = definition.secrets ?? "keep";
    const isSecret = args.some((arg) => arg instanceof Sensitive);
    if (mode === "any" || (mode === "inside" && !isSecret)) return definition.evaluate(call);
    if (unknown)
      return definition.unknowns === "any" ? definition.evaluate(call) : this.#session.unknownCall(call, args);
    const value = withoutSecretsInMessage(definition, () =>
      definition.evaluate({ ...call, args: args.map(withoutMarks) }),
    );
    // What the function left over quotes its plain arguments: say it again with the expressions that they come from.
    if (this.#session.shapes.of(value).unknown) return this.#session.unknownCall(call, args);
    return mode === "reveal" ? value : withMarks(value, residualText(call, args));
  }
}

function waits(definition: FunctionDefinition, args: readonly ArmValue[]): boolean {
  const mode = definition.unknowns ?? "wait";
  return mode === "wait" || (mode === "inside" && args.some((arg) => arg instanceof Unknown));
}

function checkTypes(definition: FunctionDefinition, args: readonly ArmValue[]): void {
  if (definition.checks === "when-known" && args.some((arg) => arg instanceof Unknown)) return;
  for (const [index, arg] of args.entries()) {
    if (arg instanceof Unknown) {
      if (definition.checks === "all") continue;
      return;
    }
    if (!isOfType(arg, parameterType(definition, index))) refuseType(definition, index, arg);
  }
}

function checkPlace(definition: FunctionDefinition, node: CallNode, place: Place): void {
  if (isAllowed(definition, place)) return;
  const message = `The template function '${node.name}' is not expected at this location.`;
  const hint = " The function can only be used with parameter default value expresions.";
  throw new ExpressionFailure("place", definition.defaultsOnly === true ? message + hint : message);
}

/** What only Azure can answer cannot be part of what it is asked. */
function withoutRuntime(scope: Scope): Scope {
  return scope.place === "body" || scope.place === "output" ? { ...scope, place: "resource" } : scope;
}

function isAllowed(definition: FunctionDefinition, place: Place): boolean {
  if (definition.defaultsOnly === true) return place === "parameter";
  if (definition.runtime === undefined || place === "body" || place === "output") return true;
  return definition.runtime === "zones" && place === "zones";
}

/** Runs `work` on a secret's value: should it fail, the message does not quote what it was given. */
function withoutSecretsInMessage(definition: FunctionDefinition, work: () => ArmValue): ArmValue {
  try {
    return work();
  } catch (failure) {
    if (!(failure instanceof ExpressionFailure)) throw failure;
    const message = `The template language function '${definition.name}' does not accept the secret value.`;
    throw new ExpressionFailure(failure.code, message);
  }
}
