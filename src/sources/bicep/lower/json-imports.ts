import type { ExpressionNode } from "../../../expression/ast.ts";
import { foldName } from "../../../expression/dotnet/casing.ts";
import { parseText } from "../../../expression/parser.ts";
import { memberOf, valueOf, type MemberNode, type TemplateNode } from "../../arm/template/node.ts";
import { Builder } from "./build.ts";
import { qualified } from "./imported-name.ts";
import { relocated, toExpression } from "./nodes.ts";

/** What a JSON template declares under a name that others can import. */
export interface JsonDeclaration {
  readonly section: "function" | "type" | "variable";
  readonly name: string;
  readonly node: TemplateNode;
}

const OWN_NAMESPACE = "__bicep.";
const TYPE_POINTER = "#/definitions/";

/** The names that a JSON template exports. */
export function jsonExports(root: TemplateNode): string[] {
  const types = membersOf(valueOf(root, "definitions")).filter(({ value }) => isExported(value));
  const functions = functionsOf(root).filter(({ node }) => isExported(node));
  const listed = valueOf(valueOf(root, "metadata"), "__bicep_exported_variables!");
  const variables = listed?.kind === "array" ? listed.elements.map((entry) => textOf(valueOf(entry, "name"))) : [];
  return [...types, ...functions].map(({ name }) => name).concat(variables.filter((name) => name !== undefined));
}

/** What a JSON template declares under `name`, exported or not. */
export function findJsonDeclaration(root: TemplateNode, name: string): JsonDeclaration | undefined {
  const type = valueOf(valueOf(root, "definitions"), name);
  if (type !== undefined) return { section: "type", name, node: type };
  const called = functionsOf(root).find((candidate) => candidate.name === name);
  if (called !== undefined) return { section: "function", name, node: called.node };
  const variable = variableOf(root, name);
  return variable === undefined ? undefined : { section: "variable", name, node: variable };
}

/** A variable; a loop is its `copy` object. */
function variableOf(root: TemplateNode, name: string): TemplateNode | undefined {
  const variables = valueOf(root, "variables");
  const plain = valueOf(variables, name);
  if (plain !== undefined) return plain;
  const loops = valueOf(variables, "copy");
  return loops?.kind === "array" ? loops.elements.find((loop) => textOf(valueOf(loop, "name")) === name) : undefined;
}

/** Whether the declaration is a variable that is a loop. */
export function isLoopVariable(root: TemplateNode, { section, name }: JsonDeclaration): boolean {
  return section === "variable" && valueOf(valueOf(root, "variables"), name) === undefined;
}

function functionsOf(root: TemplateNode): { readonly name: string; readonly node: TemplateNode }[] {
  const namespaces = valueOf(root, "functions");
  if (namespaces?.kind !== "array") return [];
  return namespaces.elements.flatMap((entry) => {
    const namespace = `${textOf(valueOf(entry, "namespace")) ?? ""}.`;
    return membersOf(valueOf(entry, "members")).map(({ name, value }) => ({
      name: namespace === OWN_NAMESPACE ? name : namespace + name,
      node: value,
    }));
  });
}

function isExported(node: TemplateNode): boolean {
  const mark = valueOf(valueOf(node, "metadata"), "__bicep_export!");
  return mark?.kind === "scalar" && mark.value === true;
}

/** The `copy` object of a loop as the compiler writes it again: it runs over a range. */
export function rangeCopy(node: TemplateNode): TemplateNode {
  const member = memberOf(node, "count");
  if (node.kind !== "object" || member === undefined) return node;
  const build = new Builder({ offset: member.value.start, length: member.value.end - member.value.start });
  const count = build.call("length", build.call("range", build.integer(0n), toExpression(member.value)));
  const value: TemplateNode = { ...member.value, kind: "expression", expression: count };
  return { ...node, members: new Map(node.members).set("count", { ...member, value }) };
}

/** The names of the other declarations that one names. */
export function jsonMentions(declaration: JsonDeclaration): string[] {
  const found = new Set<string>();
  rewrite(declaration.node, (name) => {
    found.add(name);
    return name;
  });
  return [...found];
}

/** A declaration with the names of others replaced. That it is exported is left out. */
export function renameJson({ node }: JsonDeclaration, rename: (name: string) => string): TemplateNode {
  const renamed = rewrite(node, rename);
  if (renamed.kind !== "object") return renamed;
  const metadata = valueOf(renamed, "metadata");
  if (metadata?.kind !== "object" || !metadata.members.has("__bicep_export!")) return renamed;
  const kept = new Map([...metadata.members].filter(([name]) => name !== "__bicep_export!"));
  const members = new Map(renamed.members);
  const member = members.get("metadata");
  if (kept.size === 0) members.delete("metadata");
  else if (member !== undefined) members.set("metadata", { ...member, value: { ...metadata, members: kept } });
  return { ...renamed, members };
}

function rewrite(node: TemplateNode, rename: (name: string) => string): TemplateNode {
  switch (node.kind) {
    case "array":
      return { ...node, elements: node.elements.map((element) => rewrite(element, rename)) };
    case "object": {
      const members = [...node.members.values()].map((member) => rewriteMember(member, rename));
      return { ...node, members: new Map(members.map((member) => [member.name, member])) };
    }
    case "text": {
      const parsed = parseText(node.text);
      if (parsed.kind === "literal") return { ...node, kind: "scalar", value: parsed.text };
      if (parsed.kind !== "expression") return node;
      const { start, end } = node;
      const expression = relocated(rewriteExpression(parsed.node, rename), { start, end });
      return { ...node, kind: "expression", expression };
    }
    default:
      return node;
  }
}

function rewriteMember(member: MemberNode, rename: (name: string) => string): MemberNode {
  const { value } = member;
  if (member.name === "$ref" && value.kind === "scalar" && typeof value.value === "string") {
    if (!value.value.startsWith(TYPE_POINTER)) return member;
    const [name = "", ...rest] = value.value.slice(TYPE_POINTER.length).split("/");
    return { ...member, value: { ...value, value: [TYPE_POINTER + rename(name), ...rest].join("/") } };
  }
  return { ...member, value: rewrite(value, rename) };
}

function rewriteExpression(node: ExpressionNode, rename: (name: string) => string): ExpressionNode {
  switch (node.kind) {
    case "call": {
      const [first] = node.args;
      if (["VARIABLES", "COPYINDEX"].includes(node.key) && first?.kind === "text") {
        return { ...node, args: [{ ...first, value: rename(first.value) }, ...node.args.slice(1)] };
      }
      const name = node.name.includes(".") ? renamedFunction(node.name, rename) : node.name;
      const args = node.args.map((argument) => rewriteExpression(argument, rename));
      return { ...node, name, key: foldName(name), args };
    }
    case "member":
      return { ...node, target: rewriteExpression(node.target, rename) };
    case "index":
      return { ...node, target: rewriteExpression(node.target, rename), index: rewriteExpression(node.index, rename) };
    default:
      return node;
  }
}

function renamedFunction(name: string, rename: (name: string) => string): string {
  return qualified(rename(name.startsWith(OWN_NAMESPACE) ? name.slice(OWN_NAMESPACE.length) : name));
}

function membersOf(node: TemplateNode | undefined): MemberNode[] {
  return node?.kind === "object" ? [...node.members.values()] : [];
}

function textOf(node: TemplateNode | undefined): string | undefined {
  return node?.kind === "scalar" && typeof node.value === "string" ? node.value : undefined;
}
