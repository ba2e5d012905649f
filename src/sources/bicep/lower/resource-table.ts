import type { BoundFile } from "../binder/bind-file.ts";
import type { DeclaredSymbol } from "../binder/symbol.ts";
import type {
  Expression,
  ForExpression,
  IfCondition,
  ObjectLiteral,
  ResourceDeclaration,
  SyntaxNode,
} from "../syntax/ast.ts";
import { literalText, openBody, propertyOf, unwrap } from "./body.ts";
import type { TypeSpelling } from "./type-spelling.ts";

/** A resource that another one belongs to. */
export interface Ancestor {
  readonly resource: ResourceInfo;
  /** Whether the child stands in its body, instead of naming it as `parent`. */
  readonly nested: boolean;
  /** Which one of a loop. */
  readonly index: Expression | undefined;
}

/** A declared resource, as far as its declaration alone tells. */
export interface ResourceInfo {
  readonly symbol: DeclaredSymbol;
  readonly declaration: ResourceDeclaration;
  /** The full type, without version. */
  readonly type: string;
  readonly apiVersion: string | undefined;
  /** Whether it is one of Azure, and not of an extension. */
  readonly isAzure: boolean;
  readonly loop: ForExpression | undefined;
  readonly condition: IfCondition | undefined;
  readonly body: ObjectLiteral | undefined;
  readonly name: Expression | undefined;
  /** The outermost first. */
  readonly ancestors: readonly Ancestor[];
  /** The name in a template with symbolic names: `outer::inner`. */
  readonly symbolicName: string;
}

/** The resources of a file, in the order of the compiler's templates, each with what it belongs to. */
export class ResourceTable {
  readonly all: readonly ResourceInfo[];
  readonly #bySymbol = new Map<DeclaredSymbol, ResourceInfo>();
  readonly #open = new Set<DeclaredSymbol>();
  readonly #file: BoundFile;
  readonly #hasExtensions: boolean;

  readonly #spelling: TypeSpelling;

  constructor(file: BoundFile, spelling: TypeSpelling) {
    this.#file = file;
    this.#spelling = spelling;
    this.#hasExtensions = file.file.tree.program.declarations.some(({ kind }) => kind === "extension");
    const outermost = file.bindings.symbols.filter((symbol) => symbol.kind === "declared");
    this.all = this.#collect(outermost.filter(({ declaration }) => declaration.kind === "resource"));
  }

  /** What is known of the resource behind a symbol; `undefined` when it is none. */
  get(symbol: DeclaredSymbol): ResourceInfo | undefined {
    const known = this.#bySymbol.get(symbol);
    if (known !== undefined || symbol.declaration.kind !== "resource") return known;
    if (this.#open.has(symbol)) return undefined; // a circle of parents, which is refused
    this.#open.add(symbol);
    const info = this.#read(symbol, symbol.declaration);
    this.#open.delete(symbol);
    this.#bySymbol.set(symbol, info);
    return info;
  }

  /** What stands in the bodies of resources comes before all resources beside those. */
  #collect(symbols: readonly DeclaredSymbol[]): ResourceInfo[] {
    const infos = symbols.flatMap((symbol) => this.get(symbol) ?? []);
    const inner = infos.flatMap(({ body }) => {
      return this.#collect(body === undefined ? [] : (this.#file.bindings.nested.get(body) ?? []));
    });
    return [...inner, ...infos];
  }

  #read(symbol: DeclaredSymbol, declaration: ResourceDeclaration): ResourceInfo {
    const { loop, condition, object: body } = openBody(declaration.value);
    const parent = this.#nestingParent(declaration) ?? this.#namedParent(body);
    const ancestors = parent === undefined ? [] : [...parent.resource.ancestors, parent];
    const type = this.#typeOf(declaration, parent);
    const isNested = parent?.nested === true;
    return {
      symbol,
      declaration,
      ...type,
      type: type.isAzure ? this.#spelling.of(type.type, type.apiVersion) : type.type,
      loop,
      condition,
      body,
      name: propertyOf(body, "name")?.value,
      ancestors,
      symbolicName: isNested ? `${parent.resource.symbolicName}::${symbol.name}` : symbol.name,
    };
  }

  /** The type of a resource within another is written as a part of the type of that. */
  #typeOf(
    { type: node }: ResourceDeclaration,
    parent: Ancestor | undefined,
  ): Pick<ResourceInfo, "apiVersion" | "isAzure" | "type"> {
    const [type = "", apiVersion] = (literalText(node) ?? "").split("@", 2);
    if (parent?.nested !== true) return { type, apiVersion, isAzure: !this.#hasExtensions || isAzureType(type) };
    const { resource } = parent;
    return {
      type: `${resource.type}/${type}`,
      apiVersion: apiVersion ?? resource.apiVersion,
      isAzure: resource.isAzure,
    };
  }

  #nestingParent(declaration: ResourceDeclaration): Ancestor | undefined {
    const { parents, declared } = this.#file.bindings;
    for (let node = parents.get(declaration); node !== undefined; node = parents.get(node)) {
      if (node.kind !== "resource") continue;
      return this.#ancestor(declared.get(node), { nested: true, index: undefined });
    }
    return undefined;
  }

  #namedParent(body: ObjectLiteral | undefined): Ancestor | undefined {
    const property = propertyOf(body, "parent");
    if (property === undefined) return undefined;
    const value = unwrap(property.value);
    if (value.kind === "index") {
      return this.#ancestor(this.#symbolOf(unwrap(value.base)), { nested: false, index: value.index });
    }
    return this.#ancestor(this.#symbolOf(value), { nested: false, index: undefined });
  }

  #ancestor(symbol: DeclaredSymbol | undefined, link: Omit<Ancestor, "resource">): Ancestor | undefined {
    const resource = symbol === undefined ? undefined : this.get(symbol);
    return resource === undefined ? undefined : { resource, ...link };
  }

  #symbolOf(node: SyntaxNode): DeclaredSymbol | undefined {
    const symbol = this.#file.bindings.uses.get(node);
    return symbol?.kind === "declared" ? symbol : undefined;
  }
}

/** Types of Azure begin with the name of a provider, such as `Microsoft.Storage`; those of Graph look alike. */
function isAzureType(type: string): boolean {
  return /^[\w-]+\.[^/]*\//u.test(type) && !/^Microsoft\.Graph\//iu.test(type);
}
