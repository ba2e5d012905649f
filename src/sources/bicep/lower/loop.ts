import type { ExpressionNode } from "../../../expression/ast.ts";
import type { MemberNode, TemplateNode } from "../../arm/template/node.ts";
import type { ForExpression, IfCondition } from "../syntax/ast.ts";
import { Builder } from "./build.ts";
import type { Lowerer } from "./lowerer.ts";
import { toExpression } from "./nodes.ts";
import { strip } from "./target.ts";

/** What a `copy` says apart from what it runs over. */
interface CopyParts {
  readonly name: string | undefined;
  /** What is repeated; absent where that is the resource itself. */
  readonly input?: TemplateNode | undefined;
  /** How many resources are deployed at a time. */
  readonly batchSize?: bigint | undefined;
}

/** The `copy` object of a loop. */
export function copyObject(lowerer: Lowerer, loop: ForExpression, parts: CopyParts): TemplateNode {
  const { nodes } = lowerer.unit;
  const build = new Builder(loop.source);
  const members: MemberNode[] = [];
  const add = (name: string, value: TemplateNode): void => void members.push(nodes.member(name, value, loop));
  if (parts.name !== undefined) add("name", nodes.scalar(parts.name, loop));
  add("count", nodes.expression(build.call("length", lowerer.expression(loop.source)), loop.source));
  if (parts.batchSize !== undefined) {
    add("mode", nodes.scalar("serial", loop));
    add("batchSize", nodes.scalar(parts.batchSize, loop));
  }
  if (parts.input !== undefined) add("input", parts.input);
  return nodes.object(members, loop);
}

/** What a loop of values repeats: objects and texts as such, everything else as an expression. */
export function copyInput(lowerer: Lowerer, loop: ForExpression): TemplateNode {
  const { body } = loop;
  if (body.kind === "if") return lowerer.unit.nodes.scalar(null, body); // refused before
  const inner = strip(lowerer.unit, body);
  const value = lowerer.value(body);
  if (value.kind === "object" || (value.kind === "scalar" && inner.kind === "string")) return value;
  return lowerer.unit.nodes.unevaluated(new Builder(body).callOf(toExpression(value)), body);
}

/** What the loop of a module's parameter repeats: there the loop is called `value`. */
export function parameterCopyInput(lowerer: Lowerer, loop: ForExpression): TemplateNode {
  const input = loopBody(lowerer, loop);
  return lowerer.unit.nodes.expression(renamed(input), loop.body);
}

function loopBody(lowerer: Lowerer, { body }: ForExpression): ExpressionNode {
  const build = new Builder(body);
  return isBody(body) ? lowerer.expression(body) : build.null();
}

function isBody(body: ForExpression["body"]): body is Exclude<ForExpression["body"], IfCondition> {
  return body.kind !== "if";
}

function renamed(node: ExpressionNode): ExpressionNode {
  switch (node.kind) {
    case "call": {
      const isCopyIndex = node.name === "copyIndex" && node.args.length === 1 && node.args[0]?.kind === "text";
      const [first] = node.args;
      if (isCopyIndex && first !== undefined) return { ...node, args: [{ ...first, kind: "text", value: "value" }] };
      return { ...node, args: node.args.map(renamed) };
    }
    case "member":
      return { ...node, target: renamed(node.target) };
    case "index":
      return { ...node, target: renamed(node.target), index: renamed(node.index) };
    default:
      return node;
  }
}

/** A loop where there is no `copy`, as in parameters files: a call that maps what it runs over. */
export function lowerLoop(lowerer: Lowerer, loop: ForExpression): ExpressionNode {
  const build = new Builder(loop);
  const { bindings } = lowerer.unit;
  const locals = new Map(lowerer.locals);
  const names = [loop.item, loop.index].flatMap((variable) => {
    const symbol = variable === undefined ? undefined : bindings.locals.get(variable);
    if (symbol === undefined) return [];
    locals.set(symbol, build.call("lambdaVariables", build.text(symbol.name)));
    return [build.text(symbol.name)];
  });
  const body = loopBody(lowerer.withLocals(locals), loop);
  return build.call("map", lowerer.expression(loop.source), build.call("lambda", ...names, body));
}
