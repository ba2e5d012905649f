import type {
  AssertDeclaration,
  ExtensionDeclaration,
  ForExpression,
  FunctionDeclaration,
  Identifier,
  ImportDeclaration,
  ImportItem,
  ImportWildcard,
  Lambda,
  LocalVariable,
  MetadataDeclaration,
  ModuleDeclaration,
  OutputDeclaration,
  ParameterAssignment,
  ParameterDeclaration,
  ResourceDeclaration,
  TestDeclaration,
  TypeDeclaration,
  TypedLambda,
  TypedVariable,
  VariableDeclaration,
} from "../syntax/ast.ts";

/** A declaration that gives something a name. */
export type NamedDeclaration =
  | AssertDeclaration
  | ExtensionDeclaration
  | FunctionDeclaration
  | MetadataDeclaration
  | ModuleDeclaration
  | OutputDeclaration
  | ParameterAssignment
  | ParameterDeclaration
  | ResourceDeclaration
  | TestDeclaration
  | TypeDeclaration
  | VariableDeclaration;

/** What a declaration of a file declares. */
export interface DeclaredSymbol {
  readonly kind: "declared";
  readonly name: string;
  /** Where the name stands. */
  readonly place: Identifier;
  readonly declaration: NamedDeclaration;
}

/** A variable of a loop, of a lambda or of a user-defined function. */
export interface LocalSymbol {
  readonly kind: "local";
  readonly name: string;
  readonly place: Identifier;
  readonly variable: LocalVariable | TypedVariable;
  readonly scope: ForExpression | Lambda | TypedLambda;
  /** Its place among the variables; the index of a loop is 1. */
  readonly position: number;
}

/** One of the names in `import { … } from '…'`. */
export interface ImportedSymbol {
  readonly kind: "imported";
  readonly name: string;
  readonly place: Identifier;
  /** The name in the other file; `undefined` when it cannot be read. */
  readonly original: string | undefined;
  readonly item: ImportItem;
  readonly declaration: ImportDeclaration;
}

/** `import * as name from '…'` */
export interface WildcardSymbol {
  readonly kind: "wildcard";
  readonly name: string;
  readonly place: Identifier;
  readonly target: ImportWildcard;
  readonly declaration: ImportDeclaration;
}

/** What a parameters file takes over from the one it extends: under its name, or all assignments together as `base`. */
export interface InheritedSymbol {
  readonly kind: "inherited";
  readonly name: string;
  readonly assigned: "all" | "assignment" | "variable";
}

/** What the language brings along. */
export interface BuiltInSymbol {
  readonly kind: "ambientType" | "builtInFunction" | "decorator" | "namespace";
  readonly name: string;
}

/** A name that stands for nothing; that is reported. */
export interface UnboundSymbol {
  readonly kind: "unbound";
  readonly name: string;
}

/** What stands in the declarations of the file itself. */
export type FileSymbol = DeclaredSymbol | ImportedSymbol | WildcardSymbol;

export type BicepSymbol = BuiltInSymbol | FileSymbol | InheritedSymbol | LocalSymbol | UnboundSymbol;

/** Whether expressions or types can name what the declaration declares. */
export function isReferable(symbol: FileSymbol): boolean {
  return symbol.kind !== "declared" || !["assert", "metadata", "output"].includes(symbol.declaration.kind);
}
