import type { Span } from "./span.ts";
import type { Token } from "./token.ts";

/**
 * The syntax tree of a Bicep file. `children` hold every token and node in source order, so that the tree prints as the file
 * was written; the named members are the same nodes by meaning. The tree is never deeper than a fixed limit.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/bicep/file
 */
interface NodeBase<Kind extends string> extends Span {
  readonly kind: Kind;
  readonly children: readonly Element[];
  /** How many levels of nodes stand below this one, itself included. Bounded, so that a recursive walk is safe. */
  readonly height: number;
}

/** A node or a token. */
export type Element = SyntaxNode | Token;

/** Tokens that could not be read as what belongs here, or nothing at all (length 0). The diagnostic says why. */
export interface Skipped extends NodeBase<"skipped"> {}

/** A name where it is declared or used. `name` is empty where it is missing. */
export interface Identifier extends NodeBase<"identifier"> {
  readonly name: string;
}

/** A string: `segments` are the decoded pieces around `holes`, always one more than those. */
export interface StringLiteral extends NodeBase<"string"> {
  readonly segments: readonly string[];
  readonly holes: readonly Expression[];
}

export interface IntegerLiteral extends NodeBase<"integer"> {
  readonly value: bigint;
}

export interface BooleanLiteral extends NodeBase<"boolean"> {
  readonly value: boolean;
}

export interface NullLiteral extends NodeBase<"null"> {}

export interface VariableAccess extends NodeBase<"variable"> {
  readonly name: Identifier;
}

export interface FunctionArgument extends NodeBase<"argument"> {
  readonly value: Expression;
}

export interface FunctionCall extends NodeBase<"call"> {
  readonly name: Identifier;
  readonly arguments: readonly FunctionArgument[];
}

/** `base.name(…)`: a function of a namespace, an imported one, or of a resource (`account.listKeys()`). */
export interface InstanceCall extends NodeBase<"instanceCall"> {
  readonly base: Expression;
  readonly name: Identifier;
  readonly arguments: readonly FunctionArgument[];
}

/** `base.name`, or with `safe` `base.?name`. */
export interface PropertyAccess extends NodeBase<"property"> {
  readonly base: Expression;
  readonly safe: boolean;
  readonly name: Identifier;
}

/** `base[index]`; with `safe` `base[?index]`, with `fromEnd` `base[^index]`. */
export interface ArrayAccess extends NodeBase<"index"> {
  readonly base: Expression;
  readonly safe: boolean;
  readonly fromEnd: boolean;
  readonly index: Expression;
}

/** `base::name`, a nested resource. */
export interface ResourceAccess extends NodeBase<"nestedResource"> {
  readonly base: Expression;
  readonly name: Identifier;
}

/** `operand!` */
export interface NonNullAssertion extends NodeBase<"nonNull"> {
  readonly operand: Expression;
}

export type UnaryOperator = "!" | "-";

export interface UnaryOperation extends NodeBase<"unary"> {
  readonly operator: UnaryOperator;
  readonly operand: Expression;
}

export type BinaryOperator =
  | "||"
  | "&&"
  | "=="
  | "!="
  | "=~"
  | "!~"
  | "<"
  | "<="
  | ">"
  | ">="
  | "+"
  | "-"
  | "*"
  | "/"
  | "%"
  | "??";

export interface BinaryOperation extends NodeBase<"binary"> {
  readonly left: Expression;
  readonly operator: BinaryOperator;
  readonly right: Expression;
}

export interface TernaryOperation extends NodeBase<"ternary"> {
  readonly condition: Expression;
  readonly whenTrue: Expression;
  readonly whenFalse: Expression;
}

export interface Parenthesized extends NodeBase<"parenthesized"> {
  readonly inner: Expression;
}

export interface ArrayItem extends NodeBase<"item"> {
  readonly value: Expression;
}

/** `...value` in an array or object. */
export interface Spread extends NodeBase<"spread"> {
  readonly value: Expression;
}

export interface ArrayLiteral extends NodeBase<"array"> {
  readonly items: readonly (ArrayItem | Spread)[];
}

export interface ObjectProperty extends NodeBase<"member"> {
  readonly key: Identifier | StringLiteral | Skipped;
  readonly value: Expression;
}

/** An object; `members` are in source order. Only the body of a resource holds nested resources. */
export interface ObjectLiteral extends NodeBase<"object"> {
  readonly members: readonly (ObjectProperty | Spread)[];
  readonly resources: readonly ResourceDeclaration[];
}

/** A variable of a lambda or loop. */
export interface LocalVariable extends NodeBase<"localVariable"> {
  readonly name: Identifier;
}

/** `(item, index)` of a loop. */
export interface LoopVariables extends NodeBase<"loopVariables"> {}

/** `[for item in source: body]` or `[for (item, index) in source: body]`. */
export interface ForExpression extends NodeBase<"for"> {
  readonly item: LocalVariable | undefined;
  readonly index: LocalVariable | undefined;
  readonly source: Expression;
  /** Any expression, or in a resource or module an object or condition. */
  readonly body: Expression | IfCondition;
}

/** `if (condition) { … }`, the value of a resource or module. */
export interface IfCondition extends NodeBase<"if"> {
  readonly condition: Expression;
  readonly body: ObjectLiteral | Skipped;
}

export interface Lambda extends NodeBase<"lambda"> {
  readonly variables: readonly LocalVariable[];
  readonly body: Expression;
}

export interface TypedVariable extends NodeBase<"typedVariable"> {
  readonly name: Identifier;
  readonly type: TypeExpression;
}

/** What follows the name of a user-defined function: `(a string) string => a`. */
export interface TypedLambda extends NodeBase<"typedLambda"> {
  readonly parameters: readonly TypedVariable[];
  readonly returnType: TypeExpression;
  readonly body: Expression;
}

export type Expression =
  | Skipped
  | StringLiteral
  | IntegerLiteral
  | BooleanLiteral
  | NullLiteral
  | VariableAccess
  | FunctionCall
  | InstanceCall
  | PropertyAccess
  | ArrayAccess
  | ResourceAccess
  | NonNullAssertion
  | UnaryOperation
  | BinaryOperation
  | TernaryOperation
  | Parenthesized
  | ArrayLiteral
  | ObjectLiteral
  | ForExpression
  | Lambda;

/** A type by its name. */
export interface TypeName extends NodeBase<"typeName"> {
  readonly name: Identifier;
}

/** `name<…>`, such as `resourceInput<'Microsoft.Storage/storageAccounts@2023-01-01'>`. */
export interface TypeInstantiation extends NodeBase<"typeInstantiation"> {
  /** The namespace in `sys.resourceInput<…>`. */
  readonly base: TypeExpression | undefined;
  readonly name: Identifier;
  readonly arguments: readonly TypeArgument[];
}

export interface TypeArgument extends NodeBase<"typeArgument"> {
  readonly value: TypeExpression;
}

/** `base.name` */
export interface TypeProperty extends NodeBase<"typeProperty"> {
  readonly base: TypeExpression;
  readonly name: Identifier;
}

/** `base.*`, the type of the additional properties. */
export interface TypeAdditionalProperties extends NodeBase<"typeAdditional"> {
  readonly base: TypeExpression;
}

/** `base[*]`, the type of the items. */
export interface TypeItems extends NodeBase<"typeItems"> {
  readonly base: TypeExpression;
}

/** `base[0]`, the type of one item of a tuple. */
export interface TypeIndex extends NodeBase<"typeIndex"> {
  readonly base: TypeExpression;
  readonly index: Expression;
}

/** `item[]` */
export interface ArrayType extends NodeBase<"arrayType"> {
  readonly item: TypeExpression;
}

export interface TupleItem extends NodeBase<"tupleItem"> {
  readonly decorators: readonly Decorator[];
  readonly type: TypeExpression;
}

export interface TupleType extends NodeBase<"tupleType"> {
  readonly items: readonly TupleItem[];
}

export interface ObjectTypeProperty extends NodeBase<"typeMember"> {
  readonly decorators: readonly Decorator[];
  readonly key: Identifier | StringLiteral | Skipped;
  readonly type: TypeExpression;
}

/** `*: type` */
export interface ObjectTypeAdditional extends NodeBase<"typeMemberRest"> {
  readonly decorators: readonly Decorator[];
  readonly type: TypeExpression;
}

export interface ObjectType extends NodeBase<"objectType"> {
  readonly members: readonly (ObjectTypeProperty | ObjectTypeAdditional)[];
}

export interface UnionType extends NodeBase<"unionType"> {
  readonly members: readonly TypeExpression[];
}

/** `type?` */
export interface NullableType extends NodeBase<"nullableType"> {
  readonly type: TypeExpression;
}

/** `type!` */
export interface NonNullableType extends NodeBase<"nonNullableType"> {
  readonly type: TypeExpression;
}

export interface ParenthesizedType extends NodeBase<"parenthesizedType"> {
  readonly inner: TypeExpression;
}

/** `-1` or `!true` as a type. */
export interface UnaryType extends NodeBase<"unaryType"> {
  readonly operator: UnaryOperator;
  readonly operand: TypeExpression;
}

/** `resource 'Microsoft.Storage/storageAccounts@2023-01-01'` as the type of a parameter or output (experimental). */
export interface ResourceTypeReference extends NodeBase<"resourceType"> {
  readonly type: StringLiteral | Skipped | undefined;
}

/** Literals stand in types as they do in values. */
export type TypeExpression =
  | Skipped
  | StringLiteral
  | IntegerLiteral
  | BooleanLiteral
  | NullLiteral
  | TypeName
  | TypeInstantiation
  | TypeProperty
  | TypeAdditionalProperties
  | TypeItems
  | TypeIndex
  | ArrayType
  | TupleType
  | ObjectType
  | UnionType
  | NullableType
  | NonNullableType
  | ParenthesizedType
  | UnaryType
  | ResourceTypeReference;

/** `@name(…)`; the expression is a variable, property, call or instance call. */
export interface Decorator extends NodeBase<"decorator"> {
  readonly expression: Expression;
}

interface DeclarationBase<Kind extends string> extends NodeBase<Kind> {
  readonly decorators: readonly Decorator[];
  /** The token that starts the declaration behind its decorators. */
  readonly keyword: Token;
}

export interface TargetScopeDeclaration extends DeclarationBase<"targetScope"> {
  readonly value: Expression;
}

export interface MetadataDeclaration extends DeclarationBase<"metadata"> {
  readonly name: Identifier;
  readonly value: Expression;
}

export interface ParameterDeclaration extends DeclarationBase<"parameter"> {
  readonly name: Identifier;
  readonly type: TypeExpression;
  readonly default: Expression | undefined;
}

export interface VariableDeclaration extends DeclarationBase<"variableDeclaration"> {
  readonly name: Identifier;
  readonly type: TypeExpression | undefined;
  readonly value: Expression;
}

export interface TypeDeclaration extends DeclarationBase<"typeDeclaration"> {
  readonly name: Identifier;
  readonly value: TypeExpression;
}

export interface FunctionDeclaration extends DeclarationBase<"function"> {
  readonly name: Identifier;
  readonly lambda: TypedLambda | Skipped;
}

/** The body of a resource or module. */
export type DeclarationBody = ObjectLiteral | IfCondition | ForExpression | Skipped;

export interface ResourceDeclaration extends DeclarationBase<"resource"> {
  readonly name: Identifier;
  readonly type: StringLiteral | Skipped;
  readonly existing: boolean;
  readonly value: DeclarationBody;
}

export interface ModuleDeclaration extends DeclarationBase<"module"> {
  readonly name: Identifier;
  readonly path: StringLiteral | Skipped;
  readonly value: DeclarationBody;
}

/** A test of the experimental test framework. */
export interface TestDeclaration extends DeclarationBase<"test"> {
  readonly name: Identifier;
  readonly path: StringLiteral | Skipped;
  readonly value: ObjectLiteral | Skipped;
}

export interface OutputDeclaration extends DeclarationBase<"output"> {
  readonly name: Identifier;
  readonly type: TypeExpression;
  readonly value: Expression;
}

/** An assertion (experimental). */
export interface AssertDeclaration extends DeclarationBase<"assert"> {
  readonly name: Identifier;
  readonly value: Expression;
}

/** `extension 'specification' with { … } as alias`, or with a name of `bicepconfig.json`. */
export interface ExtensionDeclaration extends DeclarationBase<"extension"> {
  readonly specification: StringLiteral | Identifier | Skipped;
  readonly config: ObjectLiteral | Skipped | undefined;
  readonly alias: Identifier | undefined;
}

export interface ImportItem extends NodeBase<"importItem"> {
  readonly original: Identifier | StringLiteral | Skipped;
  readonly alias: Identifier | undefined;
}

export interface ImportList extends NodeBase<"importList"> {
  readonly items: readonly ImportItem[];
}

/** `* as alias` */
export interface ImportWildcard extends NodeBase<"importWildcard"> {
  readonly alias: Identifier;
}

export interface ImportDeclaration extends DeclarationBase<"import"> {
  readonly target: ImportList | ImportWildcard | Skipped;
  readonly path: StringLiteral | Skipped;
}

/** `using 'main.bicep'` or `using none` of a parameters file. */
export interface UsingDeclaration extends DeclarationBase<"using"> {
  /** `none` stands for `using none`. */
  readonly path: StringLiteral | Skipped | "none";
  readonly config: ObjectLiteral | Skipped | undefined;
}

export interface ExtendsDeclaration extends DeclarationBase<"extends"> {
  readonly path: StringLiteral | Skipped;
}

/** `param name = value` of a parameters file. */
export interface ParameterAssignment extends DeclarationBase<"parameterAssignment"> {
  readonly name: Identifier;
  readonly value: Expression;
}

/** `extensionConfig alias with { … }` of a parameters file (experimental). */
export interface ExtensionConfigAssignment extends DeclarationBase<"extensionConfig"> {
  readonly name: Identifier;
  readonly config: ObjectLiteral | Skipped;
}

/** Decorators with nothing behind them. */
export interface MissingDeclaration extends NodeBase<"missingDeclaration"> {
  readonly decorators: readonly Decorator[];
}

export type Declaration =
  | TargetScopeDeclaration
  | MetadataDeclaration
  | ParameterDeclaration
  | VariableDeclaration
  | TypeDeclaration
  | FunctionDeclaration
  | ResourceDeclaration
  | ModuleDeclaration
  | TestDeclaration
  | OutputDeclaration
  | AssertDeclaration
  | ExtensionDeclaration
  | ImportDeclaration
  | UsingDeclaration
  | ExtendsDeclaration
  | ParameterAssignment
  | ExtensionConfigAssignment
  | MissingDeclaration;

/** A whole file. */
export interface Program extends NodeBase<"program"> {
  readonly declarations: readonly Declaration[];
}

export type SyntaxNode =
  | Program
  | Declaration
  | Expression
  | TypeExpression
  | Identifier
  | FunctionArgument
  | ArrayItem
  | Spread
  | ObjectProperty
  | LocalVariable
  | LoopVariables
  | IfCondition
  | TypedVariable
  | TypedLambda
  | TypeArgument
  | TupleItem
  | ObjectTypeProperty
  | ObjectTypeAdditional
  | Decorator
  | ImportItem
  | ImportList
  | ImportWildcard;
