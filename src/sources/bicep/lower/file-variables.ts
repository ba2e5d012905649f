import type { BoundFile } from "../binder/bind-file.ts";
import type { FunctionCall, InstanceCall, SyntaxNode } from "../syntax/ast.ts";
import { unwrap } from "./body.ts";

type Call = FunctionCall | InstanceCall;

/** Functions that read files. Their results become variables: always, or unless a variable is nothing else. */
const LOADING_FUNCTIONS: ReadonlyMap<string, "always" | "indirect"> = new Map([
  ["loadDirectoryFileInfo", "always"],
  ["loadFileAsBase64", "indirect"],
  ["loadJsonContent", "always"],
  ["loadTextContent", "indirect"],
  ["loadYamlContent", "always"],
]);

/** The variables that hold the content of files, by the calls that load it. */
export type FileVariables = ReadonlyMap<SyntaxNode, string>;

/** Gives every call that loads a file the variable that will hold its content, as far as it needs one. */
export function findFileVariables(file: BoundFile): FileVariables {
  const variables = new Map<SyntaxNode, string>();
  const visit = (node: SyntaxNode): void => {
    if (node.kind === "function") return; // functions cannot use variables
    const loaded = isCall(node) ? loadingFunction(file, node) : undefined;
    if (loaded !== undefined && needsVariable(file, node, loaded)) variables.set(node, `$fxv#${variables.size}`);
    for (const child of node.children) if (child.kind !== "token") visit(child);
  };
  visit(file.file.tree.program);
  return variables;
}

/** The function that is called, when it is one that loads files. */
export function loadingFunction({ bindings }: BoundFile, node: Call): string | undefined {
  const name = node.name.name;
  if (!LOADING_FUNCTIONS.has(name)) return undefined;
  const symbol = bindings.uses.get(node.kind === "call" ? node : unwrap(node.base));
  return symbol?.kind === "builtInFunction" || symbol?.kind === "namespace" ? name : undefined;
}

function needsVariable({ bindings }: BoundFile, node: SyntaxNode, name: string): boolean {
  return LOADING_FUNCTIONS.get(name) === "always" || bindings.parents.get(node)?.kind !== "variableDeclaration";
}

function isCall(node: SyntaxNode): node is Call {
  return node.kind === "call" || node.kind === "instanceCall";
}
