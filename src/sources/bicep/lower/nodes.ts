import { looksLikeExpression } from "../../arm/template/to-json.ts";
import type { ArmScalar } from "../../../expression/arm-value.ts";
import type { ExpressionNode as Expression, Span as ExpressionSpan } from "../../../expression/ast.ts";
import { formatDouble } from "../../../expression/dotnet/number-format.ts";
import { printNode } from "../../../expression/print.ts";
import type { MemberNode, SourceFile, TemplateNode } from "../../arm/template/node.ts";
import { endOf, type Span } from "../syntax/span.ts";
import { Builder } from "./build.ts";

/** Makes parts of a template that stand for places of one file. */
export class NodeFactory {
  readonly source: SourceFile;

  constructor(source: SourceFile) {
    this.source = source;
  }

  scalar(value: ArmScalar, place: Span): TemplateNode {
    return { kind: "scalar", value, file: this.source, start: place.offset, end: endOf(place) };
  }

  array(elements: readonly TemplateNode[], place: Span): TemplateNode {
    return { kind: "array", elements, file: this.source, start: place.offset, end: endOf(place) };
  }

  /** An object; of members with one name the last counts. */
  object(members: Iterable<MemberNode>, place: Span): TemplateNode {
    const byName = new Map<string, MemberNode>();
    for (const member of members) byName.set(member.name, member);
    return { kind: "object", members: byName, file: this.source, start: place.offset, end: endOf(place) };
  }

  /** A member of the template's own vocabulary. */
  member(name: string, value: TemplateNode, place: Span): MemberNode {
    return { name, value, file: this.source, start: place.offset, end: endOf(place) };
  }

  /** A member whose name the author wrote: it is neither an expression nor a loop. */
  authored(name: string, value: TemplateNode, place: Span): MemberNode {
    if (isCopy(name)) {
      const build = new Builder(place);
      return this.namedBy(build.call("string", build.text(name)), value, place);
    }
    return this.member(looksLikeExpression(name) ? `[${name}` : name, value, place);
  }

  /** A member whose name is an expression. */
  namedBy(nameExpression: Expression, value: TemplateNode, place: Span): MemberNode {
    const name = `[${printNode(nameExpression)}]`;
    return { name, nameExpression, value, file: this.source, start: place.offset, end: endOf(place) };
  }

  /** An expression; literals in expressions' place are plain values. */
  expression(expression: Expression, place: Span): TemplateNode {
    if (expression.kind === "text" || expression.kind === "integer") return this.scalar(expression.value, place);
    return this.unevaluated(expression, place);
  }

  /** An expression, even where it is a mere literal. */
  unevaluated(expression: Expression, place: Span): TemplateNode {
    return { kind: "expression", expression, file: this.source, start: place.offset, end: endOf(place) };
  }
}

/** The expression that gives the value of `node`: objects and arrays become calls that make them. */
export function toExpression(node: TemplateNode): Expression {
  const build = new Builder({ offset: node.start, length: node.end - node.start });
  switch (node.kind) {
    case "expression":
      return node.expression;
    case "scalar":
      return scalarExpression(node.value, build);
    case "text":
      return build.text(node.text);
    case "value":
      return build.null(); // only expansions make these
    case "array":
      return build.call("createArray", ...node.elements.map(toExpression));
    default:
      return build.call(
        "createObject",
        ...[...node.members.values()].flatMap((member) => [nameOf(member, build), toExpression(member.value)]),
      );
  }
}

function scalarExpression(value: ArmScalar, build: Builder): Expression {
  if (value === null) return build.null();
  if (typeof value === "string") return build.text(value);
  if (typeof value === "boolean") return build.boolean(value);
  return typeof value === "bigint" ? build.integer(value) : build.call("json", build.text(formatDouble(value)));
}

/** The same expression with all of its parts at one place: for what comes from another text than that around it. */
export function relocated(node: Expression, span: ExpressionSpan): Expression {
  switch (node.kind) {
    case "call":
      return { ...node, args: node.args.map((argument) => relocated(argument, span)), span };
    case "member":
      return { ...node, target: relocated(node.target, span), span };
    case "index":
      return { ...node, target: relocated(node.target, span), index: relocated(node.index, span), span };
    default:
      return { ...node, span };
  }
}

function nameOf({ name, nameExpression }: MemberNode, build: Builder): Expression {
  if (nameExpression === undefined)
    return build.text(name.startsWith("[[") && name.endsWith("]") ? name.slice(1) : name);
  const [argument] = nameExpression.kind === "call" && nameExpression.key === "STRING" ? nameExpression.args : [];
  return argument?.kind === "text" && isCopy(argument.value) ? argument : nameExpression;
}

/** The one name that ARM takes for a loop wherever it stands. */
function isCopy(name: string): boolean {
  return name.toLowerCase() === "copy";
}
