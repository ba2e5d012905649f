import type { CallNode, ExpressionNode } from "../../../expression/ast.ts";
import { foldName } from "../../../expression/dotnet/casing.ts";
import { parseExpression } from "../../../expression/parser.ts";
import type { Scope } from "../../../expression/scope.ts";
import type { PathSegment, PropertyPath } from "../../../plan/property-path.ts";
import { isValueLoops } from "./copy.ts";
import { literalText } from "./literal.ts";
import type { Context, Resource, Written } from "./model.ts";
import { type Located, memberOf, type ObjectNode, type TemplateNode, valueOf } from "./node.ts";

/** Where a value comes from. */
export interface Trace {
  readonly at: Located;
  /** Whether all of the path was found; else `at` is the nearest block around what is missing. */
  readonly isWhole: boolean;
  /** Where the value is used, when it is written in another place: a parameter, a variable. */
  readonly use: Located | null;
}

/** How many parameters and variables are followed from one to the next. */
const MAX_STEPS = 100;

/** Where the value at `path` of a resource's body is written: through parameters, variables, loops and the functions that only pass it on. */
export function trace(resource: Resource, path: PropertyPath): Trace {
  const { declaration, frame } = resource;
  const context: Context = { frame, scope: resource.scopeAt("body") };
  return new Tracer().follow({ node: declaration.node, context }, path, { span: declaration.node, use: null });
}

/** The nearest thing that a location can point to, so far. */
interface Place {
  readonly span: Located;
  readonly use: Located | null;
}

class Tracer {
  #steps = 0;

  follow(written: Written, path: PropertyPath, place: Place): Trace {
    const { node, context } = written;
    this.#steps += 1;
    if (this.#steps > MAX_STEPS) return missing(place);
    if (node.kind === "object") return this.#member(node, { written, path, place });
    if (node.kind === "array") return this.#element(node.elements, { written, path, place });
    const expression = context === null ? null : expressionOf(node);
    const source = expression === null || context === null ? undefined : this.#source(expression, context, path);
    if (source === undefined) return { at: place.span, isWhole: path.length === 0, use: place.use };
    return this.follow(source.written, source.path, {
      span: spanOf(source.written.node),
      use: place.use ?? place.span,
    });
  }

  #member(node: ObjectNode, { written, path, place }: Step): Trace {
    const [name, ...rest] = path;
    if (name === undefined) return { at: place.span, isWhole: true, use: place.use };
    const member = typeof name === "string" ? memberOf(node, name) : undefined;
    if (member !== undefined) {
      const { file, start } = member;
      const isSame = file === member.value.file && member.value.end >= start;
      const span = isSame ? { file, start, end: member.value.end } : member.value;
      return this.follow({ ...written, node: member.value }, rest, { span, use: place.use });
    }
    return this.#loop(node, { written, path, place }) ?? missing(place);
  }

  /** A member that is written as a loop: `copy: [{ name, count, input }]`. */
  #loop(node: ObjectNode, { written, path, place }: Step): Trace | undefined {
    const [name, index, ...rest] = path;
    const copy = memberOf(node, "copy");
    if (copy?.value.kind !== "array" || !isValueLoops(copy)) return undefined;
    const loop = copy.value.elements.find((each) => sameName(literalText(valueOf(each, "name")), name));
    const input = valueOf(loop, "input");
    if (loop === undefined || input === undefined) return undefined;
    if (typeof index !== "number") return { at: loop, isWhole: index === undefined, use: place.use };
    const { context } = written;
    const turn = { name: String(name), index };
    const scope = context === null ? null : inTurn(context.scope, turn);
    const inner = context === null || scope === null ? null : { ...context, scope };
    return this.follow({ node: input, context: inner }, rest, { span: input, use: place.use });
  }

  #element(elements: readonly TemplateNode[], { written, path, place }: Step): Trace {
    const [index, ...rest] = path;
    if (index === undefined) return { at: place.span, isWhole: true, use: place.use };
    const element = typeof index === "number" ? elements[index] : undefined;
    if (element === undefined) return missing(place);
    return this.follow({ ...written, node: element }, rest, { span: element, use: place.use });
  }

  /** What an expression only passes on. */
  #source(node: ExpressionNode, context: Context, path: PropertyPath): Source | undefined {
    if (node.kind === "member") return this.#source(node.target, context, [node.name, ...path]);
    if (node.kind === "index") return this.#indexed(node.target, { node: node.index, context, path });
    if (node.kind !== "call") return undefined;
    const [first] = node.args;
    if (node.key === foldName("if")) return this.#branch(node, context, path);
    if (first?.kind !== "text") return undefined;
    if (node.key === foldName("parameters")) return sourceOf(context.frame.parameterSource(first.value), path);
    if (node.key === foldName("variables")) return sourceOf(context.frame.variableSource(first.value), path);
    return undefined;
  }

  #indexed(
    target: ExpressionNode,
    { node, context, path }: { node: ExpressionNode; context: Context; path: PropertyPath },
  ): Source | undefined {
    const value = context.frame.expansion.evaluator.attempt(node, context.scope);
    if (typeof value === "bigint") return this.#source(target, context, [Number(value), ...path]);
    return typeof value === "string" ? this.#source(target, context, [value, ...path]) : undefined;
  }

  #branch(
    { args: [condition, whenTrue, whenFalse] }: CallNode,
    context: Context,
    path: PropertyPath,
  ): Source | undefined {
    if (condition === undefined) return undefined;
    const value = context.frame.expansion.evaluator.attempt(condition, context.scope);
    const branch = value === true ? whenTrue : value === false ? whenFalse : undefined;
    return branch === undefined ? undefined : this.#source(branch, context, path);
  }
}

interface Step {
  readonly written: Written;
  readonly path: PropertyPath;
  readonly place: Place;
}

interface Source {
  readonly written: Written;
  readonly path: PropertyPath;
}

function sourceOf(written: Written | undefined, path: PropertyPath): Source | undefined {
  return written === undefined ? undefined : { written, path };
}

function missing({ span, use }: Place): Trace {
  return { at: span, isWhole: false, use };
}

function spanOf({ file, start, end }: TemplateNode): Located {
  return { file, start, end };
}

function expressionOf(node: TemplateNode): ExpressionNode | null {
  if (node.kind === "expression") return node.expression;
  if (node.kind !== "text" || !node.text.startsWith("[") || node.text.startsWith("[[")) return null;
  const parsed = parseExpression(node.text.slice(1, -1));
  return parsed.kind === "expression" ? parsed.node : null;
}

function sameName(name: string | undefined, segment: PathSegment | undefined): boolean {
  return typeof segment === "string" && name?.toLowerCase() === segment.toLowerCase();
}

function inTurn(scope: Scope, loop: { readonly name: string; readonly index: number }): Scope {
  const { copy } = scope;
  return { ...scope, copy: { current: copy?.current ?? null, loops: [...(copy?.loops ?? []), loop] } };
}
