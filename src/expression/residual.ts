import type { ArmValue } from "./arm-value.ts";
import { assertNever } from "../lib/assert-never.ts";
import type { CallNode, ExpressionNode } from "./ast.ts";
import type { Call } from "./functions/signature.ts";
import { composed, printCall, printMember, printValue } from "./print.ts";
import type { LambdaBinding, Scope } from "./scope.ts";
import { firstUnknown } from "./shape.ts";
import { Unknown, type UnknownTraits } from "./value.ts";

/** Calls whose value depends on where they stand: they are replaced by it, so that equal texts mean equal values. */
const PLACE_DEPENDENT = /^(?:PARAMETERS|VARIABLES|LAMBDAVARIABLES|COPYINDEX|REFERENCES?|RESOURCEINFO|LIST.*|.*\..*)$/;

/** The text of a call with these arguments; `null` when one of them has none or it gets too long. */
export function residualText(call: Call, args: readonly ArmValue[]): string | null {
  const maxLength = call.session.budget.limits.residualLength;
  const texts = args.map((arg) => printValue(arg, maxLength));
  return composed(texts, maxLength, (present) => printCall(call.node.name, present));
}

/** A call that has to wait, all of its arguments evaluated. */
export function residualCall(call: Call, args: readonly ArmValue[], traits: UnknownTraits = {}): Unknown {
  const secrets = call.definition.secrets !== "reveal" && args.some((arg) => call.session.shapes.of(arg).secret);
  const unknown = args.map(firstUnknown).find((found) => found !== null);
  const reason = call.definition.reason ?? unknown?.reason ?? "runtime-function";
  return new Unknown(reason, residualText(call, args), { sensitive: secrets, ...traits });
}

/** A call that has to wait, of whose arguments only the first few were evaluated. */
export function residualLazyCall(call: Call, evaluated: readonly ArmValue[]): Unknown {
  const maxLength = call.session.budget.limits.residualLength;
  const printer = new NodePrinter(call);
  const texts = call.node.args.map((arg, index) => {
    const value = evaluated[index];
    return value === undefined ? printer.print(arg, call.scope) : printValue(value, maxLength);
  });
  const text = composed(texts, maxLength, (present) => printCall(call.node.name, present));
  const reason = evaluated.map(firstUnknown).find((found) => found !== null)?.reason ?? "runtime-function";
  const secret = printer.secret || evaluated.some((value) => call.session.shapes.of(value).secret);
  return new Unknown(reason, text, call.definition.secrets === "reveal" ? false : secret);
}

/** Prints what was not evaluated, with its references to parameters, variables and the like replaced. */
class NodePrinter {
  readonly #call: Call;
  /** Whether a secret was met. */
  secret = false;

  constructor(call: Call) {
    this.#call = call;
  }

  print(node: ExpressionNode, scope: Scope): string | null {
    const { budget } = this.#call.session;
    const { residualLength } = budget.limits;
    budget.spend(1);
    switch (node.kind) {
      case "text":
      case "integer":
        return printValue(node.value, residualLength);
      case "member":
        return composed(
          [this.print(node.target, scope)],
          residualLength,
          ([target = ""]) => target + printMember(node.name),
        );
      case "index":
        return composed(
          [this.print(node.target, scope), this.print(node.index, scope)],
          residualLength,
          ([target = "", index = ""]) => `${target}[${index}]`,
        );
      case "call":
        return this.#printCall(node, scope);
      default:
        return assertNever(node);
    }
  }

  #printCall(node: CallNode, scope: Scope): string | null {
    const { residualLength } = this.#call.session.budget.limits;
    const value = PLACE_DEPENDENT.test(node.key) ? this.#call.session.attempt(node, scope) : undefined;
    if (value !== undefined) {
      this.secret ||= this.#call.session.shapes.of(value).secret;
      return printValue(value, residualLength);
    }
    const inner = node.key === "LAMBDA" ? withOpenVariables(node, scope) : scope;
    const texts = node.args.map((arg) => this.print(arg, inner));
    return composed(texts, residualLength, (present) => printCall(node.name, present));
  }
}

/** `scope` with the variables of a lambda that is printed, not called: each stands for itself. */
function withOpenVariables(node: CallNode, scope: Scope): Scope {
  let lambdas: LambdaBinding | null = scope.lambdas ?? null;
  for (const arg of node.args.slice(0, -1)) {
    if (arg.kind !== "text") continue;
    const value = new Unknown("runtime-function", `lambdaVariables('${arg.value.replaceAll("'", "''")}')`);
    lambdas = { name: arg.value, value, outer: lambdas };
  }
  return { ...scope, lambdas };
}
