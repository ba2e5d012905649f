import type { ForExpression, SyntaxNode } from "../../syntax/ast.ts";
import type { FileContext } from "../context.ts";
import { nameOfMember } from "../members.ts";
import { isCollection } from "./collection.ts";

/** Nodes that a loop of a property may stand in, between it and the resource or module. */
const TRANSPARENT: ReadonlySet<string> = new Set(["array", "for", "if", "item", "member", "object", "parenthesized"]);

/** Reports a loop where none may stand. */
export function checkLoop(context: FileContext, node: SyntaxNode): void {
  if (node.kind === "for") checkPlace(context, node);
  else if (node.kind === "resource") checkNested(context, node);
  else if (node.kind === "member" && node.value.kind === "for" && nameOfMember(node) === undefined) {
    if (node.key.kind === "string") context.report("BCP143", node.key);
  }
}

function checkPlace(context: FileContext, node: ForExpression): void {
  const parent = context.bindings.parents.get(node);
  if (parent !== undefined && isValueOf(parent, node)) return;
  const depth = parent?.kind === "member" ? propertyLoops(context, node) : undefined;
  const place = node.children.find((child) => child.kind === "token" && child.text === "for") ?? node;
  if (depth === undefined) context.report("BCP138", place);
  else if (depth > 1) context.report("BCP142", place);
}

/** Whether the loop is the value of a declaration that can be one. */
function isValueOf(parent: SyntaxNode, node: ForExpression): boolean {
  const kinds = ["module", "output", "parameterAssignment", "resource", "variableDeclaration"];
  return kinds.includes(parent.kind) && "value" in parent && parent.value === node;
}

/** How many loops of properties the loop makes, itself included; `undefined` when it is not in a resource or module. */
function propertyLoops(context: FileContext, node: ForExpression): number | undefined {
  let count = 1;
  let inner: SyntaxNode = node;
  for (;;) {
    const outer = context.bindings.parents.get(inner);
    if (outer === undefined) return undefined;
    if (outer.kind === "resource" || outer.kind === "module") return count;
    if (!TRANSPARENT.has(outer.kind)) return undefined;
    if (outer.kind === "for" && context.bindings.parents.get(outer)?.kind === "member") count += 1;
    inner = outer;
  }
}

function checkNested(context: FileContext, node: Extract<SyntaxNode, { kind: "resource" }>): void {
  let outer = context.bindings.parents.get(node);
  while (outer !== undefined && outer.kind !== "for") outer = context.bindings.parents.get(outer);
  if (outer !== undefined) context.report("BCP160", node);
}

/** Reports a loop of resources or modules that is named as a whole where that is not possible. */
export function checkCollection(context: FileContext, node: SyntaxNode): void {
  if (node.kind === "index" && node.safe && isCollection(context, node.base)) {
    const marker = node.children.find((child) => child.kind === "token" && child.text === "?");
    context.report("BCP323", marker ?? node);
  }
  if ((node.kind !== "variable" && node.kind !== "nestedResource") || !isCollection(context, node)) return;
  if (!isDirect(context, node) || isAllowed(context, node)) return;
  context.report("BCP144", node);
}

function isDirect(context: FileContext, node: SyntaxNode): boolean {
  let parent = context.bindings.parents.get(node);
  while (parent?.kind === "parenthesized") parent = context.bindings.parents.get(parent);
  return parent?.kind !== "property" && parent?.kind !== "index";
}

/** A collection can be named in `dependsOn`, in properties and params, and in outputs and variables, outside of loops. */
function isAllowed(context: FileContext, node: SyntaxNode): boolean {
  const around = nodesAround(context, node);
  if (around.some((outer) => isNameOf(outer) || memberName(outer) === "dependsOn")) return true;
  if (around.some(({ kind }) => kind === "for")) return false;
  const kind = around.at(-1)?.kind;
  if (kind === "output" || kind === "variableDeclaration") return true;
  return around.some((outer) => ["params", "properties"].includes(memberName(outer) ?? ""));
}

/** The nodes around another one, the declaration it stands in last. */
function nodesAround({ bindings }: FileContext, node: SyntaxNode): SyntaxNode[] {
  const around: SyntaxNode[] = [];
  let outer = bindings.parents.get(node);
  while (outer !== undefined && outer.kind !== "program") {
    around.push(outer);
    if ("keyword" in outer) break;
    outer = bindings.parents.get(outer);
  }
  return around;
}

function isNameOf(node: SyntaxNode): boolean {
  return node.kind === "call" && node.name.name === "nameof";
}

function memberName(node: SyntaxNode): string | undefined {
  return node.kind === "member" ? nameOfMember(node) : undefined;
}
