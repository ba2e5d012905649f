import { ArmObject, type ArmValue } from "../../../expression/arm-value.ts";
import type { Evaluator } from "../../../expression/evaluate.ts";
import { foldName } from "../../../expression/dotnet/casing.ts";
import { ExpressionFailure } from "../../../expression/failure.ts";
import { mayBeExpression } from "../../../expression/parser.ts";
import type { Scope } from "../../../expression/scope.ts";
import { Sensitive, Unknown } from "../../../expression/value.ts";
import { assertNever } from "../../../lib/assert-never.ts";
import { isValueLoops, type ValueLoop, valueLoopsOf } from "./copy.ts";
import type { MemberNode, ObjectNode, TemplateNode } from "./node.ts";

/** Works out what the parts of a template stand for. */
export class NodeEvaluator {
  readonly evaluator: Evaluator;

  constructor(evaluator: Evaluator) {
    this.evaluator = evaluator;
  }

  /**
   * The value of `node`, its loops over values unrolled.
   *
   * @throws ExpressionFailure, LimitReached
   */
  evaluate(node: TemplateNode, scope: Scope): ArmValue {
    switch (node.kind) {
      case "scalar":
      case "value":
        return node.value;
      case "text":
        return this.evaluator.evaluateText(node.text, scope);
      case "expression":
        return this.evaluator.evaluate(node.expression, scope);
      case "array":
        return this.#nested(() => node.elements.map((element) => this.evaluate(element, scope)));
      case "object":
        return this.#nested(() => this.#object(node, scope));
      default:
        return assertNever(node);
    }
  }

  /** The value of `node` with its texts as they are: `[[` is undone, and nothing is evaluated. */
  literal(node: TemplateNode): ArmValue {
    if (node.kind === "text") return node.text.startsWith("[[") ? node.text.slice(1) : node.text;
    if (node.kind === "array") return node.elements.map((element) => this.literal(element));
    if (node.kind !== "object") return node.kind === "expression" ? null : node.value;
    return ArmObject.of([...node.members.values()].map(({ name, value }) => [name, this.literal(value)]));
  }

  /** How a member is called in `scope`. */
  nameOf(member: MemberNode, scope: Scope): { readonly name: string; readonly given: ArmValue } {
    const { name, nameExpression } = member;
    if (nameExpression === undefined && !mayBeExpression(name)) return { name, given: name };
    const given =
      nameExpression === undefined
        ? this.evaluator.evaluateText(name, scope)
        : this.evaluator.evaluate(nameExpression, scope);
    if (given instanceof Unknown) {
      return { name: given.expression === null ? name : `[${given.expression}]`, given };
    }
    const text = given instanceof Sensitive ? given.value : given;
    if (typeof text === "string") return { name: text, given };
    throw new ExpressionFailure("type", `The property name expression '${name}' must give a text.`);
  }

  /** The values that a loop gives, in order. */
  loop(loop: ValueLoop, scope: Scope): readonly ArmValue[] {
    const values: ArmValue[] = [];
    for (let index = 0; index < loop.count; index += 1)
      values.push(this.evaluate(loop.input, loop.scopeAt(index, scope)));
    return values;
  }

  #object(node: ObjectNode, scope: Scope): ArmObject {
    const members = new Map<string, ArmValue>();
    const unknownNames = new Set<string>();
    const taken = new ComputedNames();
    let secretNames = false;
    for (const member of node.members.values()) {
      if (isValueLoops(member)) {
        for (const loop of valueLoopsOf(member.value, this, scope)) {
          members.set(
            loop.name,
            loop.count instanceof Unknown ? loop.count : this.loop({ ...loop, count: loop.count }, scope),
          );
        }
        continue;
      }
      const { name, given } = this.nameOf(member, scope);
      if (given instanceof Unknown) unknownNames.add(name);
      secretNames ||= given instanceof Sensitive;
      taken.add(name, given !== member.name || member.nameExpression !== undefined, members);
      members.set(name, this.evaluate(member.value, scope));
    }
    return new ArmObject(members, { unknownNames: unknownNames.size > 0 ? unknownNames : null, secretNames });
  }

  #nested(work: () => ArmValue): ArmValue {
    const { budget } = this.evaluator;
    budget.enter();
    try {
      budget.spend(1);
      return work();
    } finally {
      budget.leave();
    }
  }
}

/** Refuses a name that is worked out and stands there already, whatever its letter case; names as written may stand side by side. */
class ComputedNames {
  #computed: Set<string> | null = null;

  add(name: string, isComputed: boolean, members: ReadonlyMap<string, ArmValue>): void {
    if (!isComputed && this.#computed === null) return;
    const folded = foldName(name);
    const exists = isComputed
      ? [...members.keys()].some((each) => foldName(each) === folded)
      : this.#computed?.has(folded);
    if (exists === true) {
      const fact = `the property with name '${name}' already exists.`;
      throw new ExpressionFailure(
        "value",
        `Unable to evaluate language expression '[function]' as JSON property name: ${fact}`,
      );
    }
    if (isComputed) this.#computed = (this.#computed ?? new Set()).add(folded);
  }
}
