import type { Expression, ModuleDeclaration, ResourceDeclaration } from "../../syntax/ast.ts";
import { referenceOf } from "../body/resource-reference.ts";
import type { FileContext } from "../context.ts";
import { namedDeployable } from "./collection.ts";
import { bodyMember, deployables, isConditional, parentOf } from "./resource-body.ts";
import { nameList } from "../name-list.ts";

/** A resource or module with the place of its name. */
interface NamedPlace {
  readonly name: string;
  readonly place: Expression;
}

/** Reports resources of one type, and modules of one scope, that are deployed under the same name, whatever the parameters. */
export function checkDeployedNames(context: FileContext): void {
  const resources = new Map<string, NamedPlace[]>();
  const modules = new Map<string, NamedPlace[]>();
  const names = new FullNames(context);
  for (const declaration of deployables(context)) {
    const place = bodyMember(declaration, "name");
    if (place === undefined || isConditional(declaration)) continue;
    const isResource = declaration.kind === "resource";
    const key = isResource ? names.ofResource(declaration) : names.ofModule(declaration);
    if (key !== undefined) add(isResource ? resources : modules, key, { name: declaration.name.name, place });
  }
  reportSame(context, resources.values(), "BCP121");
  reportSame(context, modules.values(), "BCP122");
}

function add(groups: Map<string, NamedPlace[]>, key: string, item: NamedPlace): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [item]);
  else group.push(item);
}

function reportSame(context: FileContext, groups: Iterable<readonly NamedPlace[]>, code: "BCP121" | "BCP122"): void {
  for (const same of groups) {
    const names = nameList(same.map(({ name }) => name));
    if (same.length > 1) for (const { place } of same) context.report(code, place, [names]);
  }
}

/** No type of Azure has more segments. */
const MAX_DEPTH = 32;

/** Works out by what resources and modules are told apart, where that does not depend on parameters. */
class FullNames {
  readonly #context: FileContext;
  readonly #identities = new Map<object, string>();

  constructor(context: FileContext) {
    this.#context = context;
  }

  /** `undefined` for a name or scope that is not known. */
  ofResource(declaration: ResourceDeclaration): string | undefined {
    const reference = referenceOf(this.#context, declaration);
    const path = this.#pathOf(declaration, new Set());
    return reference.kind !== "azure" || path === undefined ? undefined : `${reference.type.toLowerCase()} ${path}`;
  }

  ofModule(declaration: ModuleDeclaration): string | undefined {
    const name = this.#literalOf(bodyMember(declaration, "name"));
    const scope = this.#scopeOfModule(bodyMember(declaration, "scope"));
    const isOpen = declaration.value.kind === "for" || this.#context.modelOf(declaration) === "missing";
    return name === undefined || scope === undefined || isOpen ? undefined : `${scope} ${name}`;
  }

  #pathOf(declaration: ResourceDeclaration, inside: Set<ResourceDeclaration>): string | undefined {
    const name = this.#literalOf(bodyMember(declaration, "name"));
    if (name === undefined || inside.has(declaration) || inside.size > MAX_DEPTH) return undefined;
    inside.add(declaration);
    const hasParent = bodyMember(declaration, "parent") !== undefined;
    const parent = parentOf(this.#context, declaration);
    if (parent === undefined) return hasParent ? undefined : this.#scoped(declaration, name);
    const outer = this.#pathOf(parent, inside) ?? this.#identityOf(parent);
    return `${outer}/${name}`;
  }

  #scoped(declaration: ResourceDeclaration, name: string): string | undefined {
    const scope = bodyMember(declaration, "scope");
    if (scope === undefined || this.#isCurrent(scope)) return name;
    const on = namedDeployable(this.#context, scope);
    return on === undefined ? undefined : `${this.#identityOf(on)} ${name}`;
  }

  #scopeOfModule(scope: Expression | undefined): string | undefined {
    if (scope === undefined || this.#isCurrent(scope)) return "";
    const on = namedDeployable(this.#context, scope);
    if (on !== undefined) return this.#identityOf(on);
    if (scope.kind !== "call") return undefined;
    const texts = scope.arguments.map(({ value }) => this.#literalOf(value));
    return texts.includes(undefined) ? undefined : `${scope.name.name}(${texts.join(",")})`;
  }

  #isCurrent(scope: Expression): boolean {
    const type = this.#context.typeOf(scope);
    return type.kind === "scope" && type.argumentCount === 0 && type.scope === this.#context.targetScope;
  }

  #literalOf(node: Expression | undefined): string | undefined {
    const type = node === undefined ? undefined : this.#context.typeOf(node);
    return type?.kind === "stringLiteral" ? type.value : undefined;
  }

  #identityOf(node: object): string {
    const known = this.#identities.get(node) ?? `#${this.#identities.size}`;
    this.#identities.set(node, known);
    return known;
  }
}
