import { ArmObject, type ArmValue } from "../../../expression/arm-value.ts";
import type { Evaluator } from "../../../expression/evaluate.ts";
import type { Evaluation } from "../../../expression/evaluation.ts";
import { ExpressionFailure } from "../../../expression/failure.ts";
import { mayBeExpression } from "../../../expression/parser.ts";
import type { Scope } from "../../../expression/scope.ts";
import { Sensitive, Unknown } from "../../../expression/value.ts";
import { assertNever } from "../../../lib/assert-never.ts";
import { copyLoopsOf, evaluateCopies } from "./copy-members.ts";
import type { ArrayNode, MemberNode, ObjectNode, TemplateNode } from "./node.ts";

/** Evaluates nodes of a template in a scope. */
export interface NodeRequest {
  readonly evaluator: Evaluator;
  readonly scope: Scope;
  /** Whether a member `copy` of an object stands for loops over its other members, as in variables and bodies. */
  readonly copies: boolean;
}

/** The value of a node. Never throws: what ARM would refuse comes back as an error. */
export function evaluateNode(node: TemplateNode, request: NodeRequest): Evaluation {
  return request.evaluator.guard(() => valueOfNode(node, request));
}

/** As `evaluateNode`, but throws `ExpressionFailure` and `LimitReached`: for use within an evaluation. */
export function valueOfNode(node: TemplateNode, request: NodeRequest): ArmValue {
  const { evaluator, scope } = request;
  switch (node.kind) {
    case "scalar":
    case "value":
      return node.value;
    case "text":
      return evaluator.evaluateText(node.text, scope);
    case "expression":
      return evaluator.evaluate(node.expression, scope);
    case "array":
    case "object":
      return container(node, request);
    default:
      return assertNever(node);
  }
}

function container(node: ArrayNode | ObjectNode, request: NodeRequest): ArmValue {
  const { budget } = request.evaluator;
  budget.enter();
  try {
    budget.spend(1);
    if (node.kind === "array") return node.elements.map((element) => valueOfNode(element, request));
    return objectOf(node, request);
  } finally {
    budget.leave();
  }
}

function objectOf(node: ObjectNode, request: NodeRequest): ArmObject {
  const loops = request.copies ? copyLoopsOf(node) : null;
  const members = new Map<string, ArmValue>();
  const unknownNames = new Set<string>();
  let secretNames = false;
  for (const member of node.members.values()) {
    if (loops !== null && member.name.toLowerCase() === "copy") continue;
    const given = nameOf(member, request);
    const key = keyOf(given, member.name);
    if (given instanceof Unknown) unknownNames.add(key);
    secretNames ||= given instanceof Sensitive;
    members.set(key, valueOfNode(member.value, request));
  }
  if (loops !== null) for (const [name, value] of evaluateCopies(loops, request)) members.set(name, value);
  return new ArmObject(members, { unknownNames: unknownNames.size > 0 ? unknownNames : null, secretNames });
}

function nameOf({ name, nameExpression }: MemberNode, { evaluator, scope }: NodeRequest): ArmValue {
  if (nameExpression !== undefined) return evaluator.evaluate(nameExpression, scope);
  return mayBeExpression(name) ? evaluator.evaluateText(name, scope) : name;
}

function keyOf(given: ArmValue, written: string): string {
  if (given instanceof Unknown) return given.expression === null ? written : `[${given.expression}]`;
  const name = given instanceof Sensitive ? given.value : given;
  if (typeof name === "string") return name;
  throw new ExpressionFailure("type", `The property name expression '${written}' must give a text.`);
}
