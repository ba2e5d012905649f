import type { SyntaxNode } from "../syntax/ast.ts";
import type { FileContext } from "./context.ts";
import { checkDeclaration } from "./declarations.ts";
import type { FileChecker } from "./file-checker.ts";
import { isReferable } from "../binder/symbol.ts";
import { checkCollection, checkLoop } from "./rules/loops.ts";
import { checkCasing, checkDuplicateNames, checkTypeMembers } from "./rules/duplicate-names.ts";
import { DeployTimeRule } from "./rules/deploy-time.ts";
import { checkExported } from "./rules/exported.ts";
import { checkImport, checkRepeatedImports } from "./rules/imports.ts";
import { checkInteger } from "./rules/integers.ts";
import { checkLambda } from "./rules/lambdas.ts";
import { checkBase, checkParametersFile } from "./rules/parameters-file.ts";
import { checkDeployedNames } from "./rules/deployed-names.ts";
import { checkSecret, checkSecureOutput } from "./rules/secrets.ts";
import { checkSpread } from "./rules/spread.ts";

type Rule = (context: FileContext, node: SyntaxNode) => void;

/** What is looked at in nodes of a kind. */
const RULES: ReadonlyMap<string, readonly Rule[]> = new Map<string, readonly Rule[]>([
  ["for", [checkLoop]],
  ["index", [checkCollection]],
  ["instanceCall", [checkSecret]],
  ["integer", [checkInteger]],
  ["lambda", [checkLambda]],
  ["member", [checkLoop]],
  ["module", [checkSpread]],
  ["nestedResource", [checkCollection]],
  ["object", [checkSpread]],
  ["objectType", [checkTypeMembers]],
  ["property", [checkSecureOutput]],
  ["resource", [checkLoop, checkSpread]],
  ["variable", [checkBase, checkCollection]],
]);

/** Checks the meaning of a whole file. */
export function checkFile(context: FileChecker): void {
  const { program } = context.file.tree;
  // In this order no type asks for others through a long chain.
  for (const symbol of context.order.symbols) if (isReferable(symbol)) context.typeOfSymbol(symbol);
  for (const declaration of program.declarations) {
    checkDeclaration(context, declaration);
    if (declaration.kind === "import") checkImport(context, declaration);
  }
  context.aliases.checkCycles();
  checkDuplicateNames(context);
  checkCasing(context);
  checkRepeatedImports(context);
  if (context.file.tree.kind === "parameters") checkParametersFile(context);
  checkExported(context);
  checkDeployedNames(context);
  const deployTime = new DeployTimeRule(context);
  for (const node of context.bindings.parents.keys()) {
    for (const rule of RULES.get(node.kind) ?? []) rule(context, node);
    deployTime.check(node);
  }
}
