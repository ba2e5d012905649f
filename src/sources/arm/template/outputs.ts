import type { ArmValue } from "../../../expression/arm-value.ts";
import { ExpressionFailure } from "../../../expression/failure.ts";
import { Sensitive, Unknown } from "../../../expression/value.ts";
import { markSecure } from "./bind-parameters.ts";
import { toCount } from "./copy.ts";
import { literalText } from "./literal.ts";
import type { Frame, OutputValue } from "./model.ts";
import { type MemberNode, type TemplateNode, valueOf } from "./node.ts";
import { refuseTemplate } from "./refusal.ts";
import { TypeChecker } from "./type-check.ts";

/**
 * The outputs of a template whose condition is not false.
 *
 * @throws GateError TEMPLATE_INVALID
 * @see https://learn.microsoft.com/azure/azure-resource-manager/templates/outputs
 */
export function evaluateOutputs(frame: Frame): ReadonlyMap<string, OutputValue> {
  const outputs = new Map<string, OutputValue>();
  for (const member of frame.template.outputs) {
    if (conditionOf(frame, member) === false) continue;
    const type = frame.types.of(member.value);
    if (type.nullable && isNothing(member)) continue;
    const value = evaluate(frame, member, () => {
      const given = outputValue(frame, member.value);
      const marked = markSecure(given, { type, types: frame.types, expression: null });
      new TypeChecker(frame.types, { what: "output", name: member.name }).check(marked, type);
      return marked;
    });
    outputs.set(member.name, { type: type.name ?? literalText(valueOf(member.value, "type")) ?? "", value });
  }
  return outputs;
}

/** A null as it stands there is no output at all; one that is worked out is. Found with the Bicep CLI 0.49.2. */
function isNothing(member: MemberNode): boolean {
  const value = valueOf(member.value, "value");
  return value?.kind === "scalar" && value.value === null;
}

function conditionOf(frame: Frame, member: MemberNode): ArmValue {
  const node = valueOf(member.value, "condition");
  if (node === undefined) return true;
  const value = evaluate(frame, member, () => frame.expansion.nodes.evaluate(node, frame.scopeAt("resource")));
  return value instanceof Sensitive ? value.value : value;
}

function outputValue(frame: Frame, output: TemplateNode): ArmValue {
  const { nodes } = frame.expansion;
  const scope = frame.scopeAt("output");
  const copy = valueOf(output, "copy");
  const value = valueOf(output, "value");
  if (copy === undefined) return value === undefined ? null : nodes.evaluate(value, scope);
  const countNode = valueOf(copy, "count");
  const input = valueOf(copy, "input");
  if (countNode === undefined || input === undefined)
    throw new ExpressionFailure("value", "The copy of an output needs count and input.");
  const count = toCount(nodes.evaluate(countNode, scope));
  if (count instanceof Unknown) return count;
  const turns: ArmValue[] = [];
  for (let index = 0; index < count; index += 1) {
    const loop = { name: "", index };
    turns.push(nodes.evaluate(input, { ...scope, copy: { current: loop, loops: [loop] } }));
  }
  return turns;
}

function evaluate(frame: Frame, member: MemberNode, work: () => ArmValue): ArmValue {
  const result = frame.expansion.evaluator.guard(work);
  if (result.ok) return result.value;
  return refuseTemplate(`the template output '${member.name}' is not valid: ${result.error.message}`, member);
}
