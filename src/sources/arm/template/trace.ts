import type { ExpressionNode, IndexNode } from "../../../expression/ast.ts";
import { foldName } from "../../../expression/dotnet/casing.ts";
import { parseExpression } from "../../../expression/parser.ts";
import type { Scope } from "../../../expression/scope.ts";
import type { PathSegment, PropertyPath } from "../../../plan/property-path.ts";
import { isValueLoops } from "./copy.ts";
import { literalText } from "./literal.ts";
import type { Context, Resource, Written } from "./model.ts";
import { passedOn } from "./passing-calls.ts";
import { type Located, memberOf, type ObjectNode, type TemplateNode, valueOf } from "./node.ts";

/** Where a value comes from. */
export interface Trace {
  readonly at: Located;
  /** Whether all of the path was found; else `at` is the nearest block around what is missing. */
  readonly isWhole: boolean;
  /** Where the value is used, when it is written in another place: a parameter, a variable. */
  readonly use: Located | null;
}

const PARAMETERS = foldName("parameters");
const VARIABLES = foldName("variables");

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
    const source =
      expression === null || context === null ? undefined : this.#source(expression, { context, node }, path);
    if (source === undefined) return { at: place.span, isWhole: path.length === 0, use: place.use };
    const use = source.isWithin ? place.use : (place.use ?? place.span);
    return this.follow(source.written, source.path, { span: spanOf(source.written.node), use });
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
  #source(expression: ExpressionNode, origin: Origin, path: PropertyPath): Source | undefined {
    if (expression.kind === "member") return this.#source(expression.target, origin, [expression.name, ...path]);
    if (expression.kind === "index") return this.#indexed(expression, origin, path);
    if (expression.kind !== "call") return undefined;
    const { frame, scope } = origin.context;
    const [first] = expression.args;
    if (first?.kind === "text" && expression.key === PARAMETERS)
      return sourceOf(frame.parameterSource(first.value), path);
    if (first?.kind === "text" && expression.key === VARIABLES)
      return sourceOf(frame.variableSource(first.value), path);
    const next = passedOn(expression, path, (node) => frame.expansion.evaluator.attempt(node, scope));
    if (next === undefined) return undefined;
    return this.#source(next.node, origin, next.path) ?? within(next.node, origin, { path, left: next.path });
  }

  #indexed({ target, index }: IndexNode, origin: Origin, path: PropertyPath): Source | undefined {
    const { frame, scope } = origin.context;
    const value = frame.expansion.evaluator.attempt(index, scope);
    if (typeof value === "bigint") return this.#source(target, origin, [Number(value), ...path]);
    return typeof value === "string" ? this.#source(target, origin, [value, ...path]) : undefined;
  }
}

/** An expression and what it is worked out in. */
interface Origin {
  readonly node: TemplateNode;
  readonly context: Context;
}

/** A part of an expression that is a value of its own; only Bicep files know where it stands. */
function within(
  expression: ExpressionNode,
  { node, context }: Origin,
  { path, left }: { readonly path: PropertyPath; readonly left: PropertyPath },
): Source | undefined {
  if (path.length === 0 || left.length > 0) return undefined;
  const { file } = node;
  const { start, end } = node.kind === "expression" ? expression.span : node;
  return {
    written: { node: { kind: "expression", file, start, end, expression }, context },
    path: left,
    isWithin: true,
  };
}

interface Step {
  readonly written: Written;
  readonly path: PropertyPath;
  readonly place: Place;
}

interface Source {
  readonly written: Written;
  readonly path: PropertyPath;
  /** Whether it is a part of the expression itself. */
  readonly isWithin: boolean;
}

function sourceOf(written: Written | undefined, path: PropertyPath): Source | undefined {
  return written === undefined ? undefined : { written, path, isWithin: false };
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
