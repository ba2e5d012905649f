import { assertNever } from "../lib/assert-never.ts";
import { ArmObject, type ArmValue } from "./arm-value.ts";
import type { CallNode, ExpressionNode, IndexNode, MemberNode } from "./ast.ts";
import { foldName } from "./dotnet/casing.ts";
import { TextComparer } from "./dotnet/collation.ts";
import type { Evaluation } from "./evaluation.ts";
import { ExpressionFailure } from "./failure.ts";
import { FUNCTIONS } from "./functions/index.ts";
import { RESERVED } from "./functions/reserved.ts";
import type { Call, FunctionDefinition, Session } from "./functions/signature.ts";
import { Invoker } from "./invoke.ts";
import { Budget, DEFAULT_LIMITS, LimitReached, type Limits } from "./limits.ts";
import { accessIndex, accessMember } from "./member.ts";
import { mayBeExpression, type ParsedText, parseText } from "./parser.ts";
import { residualCall, residualLazyCall } from "./residual.ts";
import type { Scope } from "./scope.ts";
import { Shapes } from "./shape.ts";
import { isTemplateObject, type TemplateObject, type TemplateValue } from "./template-value.ts";
import { callUserFunction, type UserCall } from "./user-function.ts";
import { Sensitive, Unknown } from "./value.ts";

/** How an `Evaluator` is made. */
export interface EvaluatorOptions {
  readonly limits?: Partial<Limits>;
}

/**
 * Evaluates the texts of templates. One evaluator serves a whole run: it reads each distinct text once and counts what everything
 * together costs. The same texts in the same scopes always give the same answers: there is no clock, no chance and no environment.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions
 */
export class Evaluator implements Session {
  readonly budget: Budget;
  readonly comparer = new TextComparer();
  readonly shapes: Shapes;
  readonly #functions: ReadonlyMap<string, FunctionDefinition>;
  readonly #texts = new Map<string, ParsedText>();
  readonly #invoker: Invoker;

  constructor(options: EvaluatorOptions = {}) {
    const limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.budget = new Budget(limits);
    this.shapes = new Shapes(limits);
    this.#functions = new Map([...FUNCTIONS, ...RESERVED].map((definition) => [foldName(definition.name), definition]));
    this.#invoker = new Invoker(this);
  }

  /**
   * The value of a template text: the text itself, or what its expression gives in `scope`. Never throws: what ARM would refuse comes
   * back as an error, what is too much to work out as unknown with reason `limit`.
   *
   * @example new Evaluator().text("[concat('a', 'b')]", scope) // { ok: true, value: "ab" }
   */
  text(text: string, scope: Scope): Evaluation {
    if (!mayBeExpression(text)) return { ok: true, value: text };
    return this.guard(() => this.evaluateText(text, scope));
  }

  /** The value of any JSON value of a template, all texts and names in it evaluated. Never throws. */
  tree(value: TemplateValue, scope: Scope): Evaluation {
    return this.guard(() => this.evaluateTree(value, scope));
  }

  /** How a text reads, from the cache when it was read before. */
  parse(text: string): ParsedText {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const parsed = parseText(text);
    this.#texts.set(text, parsed);
    return parsed;
  }

  /** As `text`, but throws `ExpressionFailure` and `LimitReached`: for use within an evaluation. */
  evaluateText(text: string, scope: Scope): ArmValue {
    const parsed = this.parse(text);
    switch (parsed.kind) {
      case "literal":
        return parsed.text;
      case "expression":
        return this.evaluate(parsed.node, scope);
      case "invalid":
        throw new ExpressionFailure(parsed.error.code, parsed.error.message, parsed.error.span);
      case "too-deep":
        throw new LimitReached("nesting");
      default:
        return assertNever(parsed);
    }
  }

  /** As `tree`, but throws. */
  evaluateTree(value: TemplateValue, scope: Scope): ArmValue {
    if (typeof value === "string") return mayBeExpression(value) ? this.evaluateText(value, scope) : value;
    if (typeof value === "number") return Number.isInteger(value) ? BigInt(value) : value;
    if (typeof value !== "object" || value === null) return value;
    this.budget.enter();
    try {
      this.budget.spend(1);
      if (!isTemplateObject(value)) return value.map((element) => this.evaluateTree(element, scope));
      return this.#object(value, scope);
    } finally {
      this.budget.leave();
    }
  }

  evaluate(node: ExpressionNode, scope: Scope): ArmValue {
    switch (node.kind) {
      case "text":
        return node.value;
      case "integer":
        return node.value;
      case "call":
        return this.#call(node, scope);
      case "member":
      case "index":
        return this.#access(node, scope);
      default:
        return assertNever(node);
    }
  }

  attempt(node: ExpressionNode, scope: Scope): ArmValue | undefined {
    try {
      return this.evaluate(node, scope);
    } catch (failure) {
      if (failure instanceof ExpressionFailure || failure instanceof LimitReached) return undefined;
      throw failure;
    }
  }

  unknownCall(call: Call, args: readonly ArmValue[]): ArmValue {
    return residualCall(call, args);
  }

  unknownLazyCall(call: Call, evaluated: readonly ArmValue[]): ArmValue {
    return residualLazyCall(call, evaluated);
  }

  #call(node: CallNode, scope: Scope): ArmValue {
    this.budget.enter();
    try {
      this.budget.spend(1);
      const userFunction = scope.functions.get(node.key);
      if (userFunction !== undefined) return this.#userCall({ node, scope, userFunction });
      const definition =
        this.#functions.get(node.key) ?? (node.key.startsWith("LIST") ? this.#functions.get("LIST*") : undefined);
      if (definition === undefined) {
        throw new ExpressionFailure("function", `The template function '${node.name}' is not valid.`, node.span);
      }
      return this.#invoker.invoke(definition, node, scope);
    } finally {
      this.budget.leave();
    }
  }

  #userCall(call: UserCall): ArmValue {
    try {
      return callUserFunction(this, call);
    } catch (failure) {
      throw failure instanceof ExpressionFailure ? failure.at(call.node.span) : failure;
    }
  }

  #access(node: MemberNode | IndexNode, scope: Scope): ArmValue {
    const target = this.evaluate(node.target, scope);
    const { residualLength } = this.budget.limits;
    try {
      if (node.kind === "member") return accessMember(target, node.name, residualLength);
      return accessIndex(target, this.evaluate(node.index, scope), residualLength);
    } catch (failure) {
      throw failure instanceof ExpressionFailure ? failure.at(node.span) : failure;
    }
  }

  #object(value: TemplateObject, scope: Scope): ArmObject {
    const members = new Map<string, ArmValue>();
    const unknownNames = new Set<string>();
    let secretNames = false;
    for (const name of Object.keys(value)) {
      const member = value[name] ?? null;
      if (!mayBeExpression(name)) {
        members.set(name, this.evaluateTree(member, scope));
        continue;
      }
      const given = this.evaluateText(name, scope);
      const key = memberName(given, name);
      if (given instanceof Unknown) unknownNames.add(key);
      secretNames ||= given instanceof Sensitive;
      members.set(key, this.evaluateTree(member, scope));
    }
    return new ArmObject(members, { unknownNames: unknownNames.size > 0 ? unknownNames : null, secretNames });
  }

  /** Runs `work` within the limits: what it throws as a refusal comes back as an error, what is too much as unknown. */
  guard(work: () => ArmValue): Evaluation {
    const outermost = this.budget.start();
    try {
      const value = work();
      this.shapes.of(value);
      return { ok: true, value };
    } catch (failure) {
      if (failure instanceof ExpressionFailure) return { ok: false, error: failure.toError() };
      // A RangeError is the JavaScript engine's own limit: the stack was nearly full before, or a number grew beyond all bounds.
      if (failure instanceof LimitReached || failure instanceof RangeError)
        return { ok: true, value: new Unknown("limit") };
      throw failure;
    } finally {
      this.budget.end(outermost);
    }
  }
}

/** The name that a member gets from the value of its name's expression. */
function memberName(given: ArmValue, written: string): string {
  if (given instanceof Unknown) return given.expression === null ? written : `[${given.expression}]`;
  const name = given instanceof Sensitive ? given.value : given;
  if (typeof name === "string") return name;
  throw new ExpressionFailure("type", `The property name expression '${written}' must give a text.`);
}
