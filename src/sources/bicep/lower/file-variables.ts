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
  for (const call of builtInCalls(file)) {
    const loaded = loadingFunction(file, call);
    if (loaded === undefined || !needsVariable(file, call, loaded) || isInFunction(file, call)) continue;
    variables.set(call, `$fxv#${variables.size}`);
  }
  return variables;
}

/** The calls of functions of the language, in the order of the file. */
export function builtInCalls({ bindings }: BoundFile): Call[] {
  const calls: Call[] = [];
  for (const [node, symbol] of bindings.uses) {
    if (symbol.kind === "builtInFunction" && node.kind === "call") calls.push(node);
    else if (symbol.kind === "namespace") {
      const parent = bindings.parents.get(node);
      if (parent?.kind === "instanceCall") calls.push(parent);
    }
  }
  return calls;
}

/** Functions cannot use variables. */
function isInFunction({ bindings }: BoundFile, node: SyntaxNode): boolean {
  for (let outer = bindings.parents.get(node); outer !== undefined; outer = bindings.parents.get(outer)) {
    if (outer.kind === "function") return true;
  }
  return false;
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
