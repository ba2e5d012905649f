import type { BoundFile } from "../binder/bind-file.ts";
import type { BicepSymbol } from "../binder/symbol.ts";
import type { ModuleDeclaration, ObjectProperty, ResourceDeclaration, SyntaxNode } from "../syntax/ast.ts";
import { keyText, openBody, propertyOf } from "./body.ts";
import { decoratorOf } from "./decorators.ts";
import { experimentalFeatures } from "./experimental.ts";
import type { ResourceTable } from "./resource-table.ts";

/** What the use of symbolic names depends on, apart from the text of the file. */
interface Circumstances {
  readonly resources: ResourceTable;
  readonly hasSecureOutputs: () => boolean;
  readonly moduleHasSecureOutputs: (declaration: ModuleDeclaration) => boolean;
}

const TYPE_SYNTAX: ReadonlySet<SyntaxNode["kind"]> = new Set([
  "objectType",
  "arrayType",
  "tupleType",
  "unionType",
  "nullableType",
]);

/**
 * Whether the template of a file names its resources by symbols: the compiler does so for everything that needs it, and leaves all
 * other templates as they were before there was language version 2.0.
 */
export function usesSymbolicNames(file: BoundFile, circumstances: Circumstances): boolean {
  const { declarations } = file.file.tree.program;
  return (
    experimentalFeatures(file).length > 0 ||
    file.file.features.enabled.has("symbolicNameCodegen") ||
    circumstances.resources.all.some((info) => !info.isAzure || isSpecialResource(info.declaration)) ||
    declarations.some((declaration) => needsSymbolicNames(declaration)) ||
    [...file.bindings.uses].some(([node, symbol]) => isWholeLoop(file, node, symbol)) ||
    circumstances.hasSecureOutputs() ||
    declarations.some((node) => node.kind === "module" && circumstances.moduleHasSecureOutputs(node))
  );
}

function needsSymbolicNames(declaration: SyntaxNode): boolean {
  switch (declaration.kind) {
    case "extension":
    case "function":
    case "import":
    case "typeDeclaration":
      return true;
    case "parameter":
    case "output":
      return someNode(declaration.type, (node) => TYPE_SYNTAX.has(node.kind));
    case "variableDeclaration":
      return declaration.type !== undefined;
    case "module":
      return propertyOf(openBody(declaration.value).object, "name") === undefined;
    default:
      return false;
  }
}

function isSpecialResource(node: ResourceDeclaration): boolean {
  if (decoratorOf(node.decorators, "onlyIfNotExists") !== undefined) return true;
  return node.existing && propertyOf(openBody(node.value).object, "dependsOn") !== undefined;
}

/** Whether `node` is all resources or modules of a loop, and not just one of them or what others depend on. */
function isWholeLoop({ bindings }: BoundFile, node: SyntaxNode, symbol: BicepSymbol): boolean {
  if (node.kind !== "variable" || symbol.kind !== "declared") return false;
  const { declaration } = symbol;
  if (declaration.kind !== "resource" && declaration.kind !== "module") return false;
  if (declaration.value.kind !== "for") return false;
  let parent = bindings.parents.get(node);
  while (parent?.kind === "parenthesized") parent = bindings.parents.get(parent);
  if (parent !== undefined && ["index", "nestedResource", "property"].includes(parent.kind)) return false;
  return !isInDependsOn(node, bindings.parents);
}

function isInDependsOn(node: SyntaxNode, parents: ReadonlyMap<SyntaxNode, SyntaxNode>): boolean {
  let member: ObjectProperty | undefined;
  for (let outer = parents.get(node); outer !== undefined; outer = parents.get(outer)) {
    if (outer.kind === "resource" || outer.kind === "module") {
      return (
        member !== undefined &&
        keyText(member) === "dependsOn" &&
        propertyOf(openBody(outer.value).object, "dependsOn") === member
      );
    }
    if (outer.kind === "member") member = outer;
  }
  return false;
}

function someNode(root: SyntaxNode, test: (node: SyntaxNode) => boolean): boolean {
  if (test(root)) return true;
  return root.children.some((child) => child.kind !== "token" && someNode(child, test));
}
