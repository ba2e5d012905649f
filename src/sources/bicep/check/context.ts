import type { Bindings } from "../binder/bind.ts";
import type { DeclarationOrder } from "../binder/order.ts";
import type { BicepSymbol } from "../binder/symbol.ts";
import type { Namespaces } from "../functions/namespaces.ts";
import type { Report } from "../messages.ts";
import type { Span } from "../syntax/span.ts";
import type {
  Expression,
  FunctionDeclaration,
  IfCondition,
  ParameterDeclaration,
  TypeDeclaration,
  TypeExpression,
} from "../syntax/ast.ts";
import type { BicepType, FunctionType, ScopeKind } from "../types/type.ts";
import type { SourceFiles } from "../workspace/source-files.ts";
import type { BicepFile, ReferringDeclaration } from "../workspace/workspace.ts";
import type { CallFolder } from "./infer/fold-call.ts";
import type { FileModel, ReferencedModel } from "./model.ts";

/**
 * What checking a file works with. It ties the parts together that call each other: the types of expressions, of declared
 * types and of symbols. Every type is worked out, and its faults are reported, once.
 */
export interface FileContext {
  readonly file: BicepFile;
  readonly sources: SourceFiles;
  readonly targetScope: ScopeKind;
  readonly namespaces: Namespaces;
  readonly bindings: Bindings;
  /** The names of the extensions that the file may use. */
  readonly extensions: ReadonlySet<string>;
  readonly order: DeclarationOrder;
  readonly folder: CallFolder;
  readonly report: Report;
  /** Reports a fault of an expression that has no type for it. */
  readonly carry: Report;
  /** Drops the faults of expressions in a span. */
  readonly withdraw: (span: Span) => void;
  /** The type of the value of an expression, or of the body of a loop. */
  readonly typeOf: (node: Expression | IfCondition) => BicepType;
  /** The type that a type expression stands for. */
  readonly declaredType: (node: TypeExpression) => BicepType;
  /** The type of what a name stands for. */
  readonly typeOfSymbol: (symbol: BicepSymbol) => BicepType;
  /** The type of a parameter, its decorators taken into account. */
  readonly parameterType: (node: ParameterDeclaration) => BicepType;
  /** The type that a type declaration gives a name. */
  readonly aliasType: (node: TypeDeclaration) => BicepType;
  /** The type of a user-defined function. */
  readonly functionType: (node: FunctionDeclaration) => FunctionType;
  /** The file that a declaration names. */
  readonly modelOf: (declaration: ReferringDeclaration) => ReferencedModel;
  /** The file that a parameters file extends. */
  readonly base: FileModel | undefined;
}
