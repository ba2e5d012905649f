import type { TextComparer } from "../../../expression/dotnet/collation.ts";
import type { BoundFile } from "../binder/bind-file.ts";
import type { DeclaredSymbol, LocalSymbol } from "../binder/symbol.ts";
import type { Expression, ForExpression, ImportDeclaration, ModuleDeclaration, ObjectLiteral } from "../syntax/ast.ts";
import type { SourceFiles } from "../workspace/source-files.ts";
import type { BicepFile } from "../workspace/workspace.ts";
import type { ExpressionNode } from "../../../expression/ast.ts";
import type { TemplateNode } from "../../arm/template/node.ts";
import { openBody, propertyOf } from "./body.ts";
import type { LoweringBudget } from "./budget.ts";
import type { ExternalInputs } from "./external-inputs.ts";
import type { FileVariables } from "./file-variables.ts";
import type { NodeFactory } from "./nodes.ts";
import type { ResourceTable } from "./resource-table.ts";
import type { ScopeData, Scopes } from "./scope-data.ts";
import type { TypeSpelling } from "./type-spelling.ts";
import type { ResolvedType } from "./type-reference.ts";

/** A module, as far as its declaration alone tells. */
export interface ModuleInfo {
  readonly symbol: DeclaredSymbol;
  readonly declaration: ModuleDeclaration;
  readonly loop: ForExpression | undefined;
  readonly condition: Expression | undefined;
  readonly body: ObjectLiteral | undefined;
  /** Absent where the compiler makes one up. */
  readonly name: Expression | undefined;
  readonly scope: ScopeData;
}

/** What a file that is used as a module offers. */
export interface ModuleContent {
  readonly template: TemplateNode;
  /** The outputs that are secrets, or have some in them. */
  readonly secureOutputs: ReadonlySet<string>;
}

/** A Bicep file with all that is worked out about it once. */
export interface FileUnit extends BoundFile {
  readonly sources: SourceFiles;
  readonly budget: LoweringBudget;
  readonly comparer: TextComparer;
  readonly nodes: NodeFactory;
  readonly spelling: TypeSpelling;
  readonly resources: ResourceTable;
  readonly scopes: Scopes;
  readonly inlined: ReadonlySet<DeclaredSymbol>;
  readonly fileVariables: FileVariables;
  readonly externalInputs: ExternalInputs;
  /** Whether resources are named by symbols, as language version 2.0 has it. */
  readonly symbolicNames: boolean;
  /** What a module of this file holds. */
  readonly contentOf: (declaration: ModuleDeclaration) => ModuleContent;
}

/** The module behind a symbol; `undefined` when it is none. */
export function moduleOf(symbol: DeclaredSymbol, scopes: Scopes): ModuleInfo | undefined {
  const { declaration } = symbol;
  if (declaration.kind !== "module") return undefined;
  const { loop, condition, object: body } = openBody(declaration.value);
  return {
    symbol,
    declaration,
    loop,
    condition: condition?.condition,
    body,
    name: propertyOf(body, "name")?.value,
    scope: scopes.ofBody(body),
  };
}

/** What stands in for the variables of loops. */
export type LocalReplacements = ReadonlyMap<LocalSymbol, ExpressionNode>;

/** What things are called in the template that is made: those that come from other files may have names of their own. */
export interface TemplateNames {
  /** What `name` of the file at `path` is called. */
  readonly declared: (path: string, name: string) => string;
  /** What is imported under `original`; `undefined` when the other file is not at hand. */
  readonly imported: (file: BicepFile, declaration: ImportDeclaration, original: string) => string | undefined;
  /** The type that is imported under `original`. */
  readonly type: (file: BicepFile, declaration: ImportDeclaration, original: string) => ResolvedType;
}
