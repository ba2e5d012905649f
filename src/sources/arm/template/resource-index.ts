import { joinKeyOf, type OpenText } from "../../../expression/open-text.ts";
import type { Resource } from "./model.ts";

const NONE: readonly Resource[] = [];

/** The resources of one template by everything that can be said to mean them. */
export class ResourceIndex {
  readonly #resources: readonly Resource[];
  #symbols: Map<string, Resource[]> | null = null;
  #names: Map<string, Resource[]> | null = null;

  constructor(resources: readonly Resource[]) {
    this.#resources = resources;
  }

  /** The resources that a symbolic name, the name of a loop, a name or an id stands for. */
  find(reference: OpenText): readonly Resource[] {
    if (typeof reference === "string") {
      this.#symbols ??= this.#indexSymbols();
      const found = this.#symbols.get(reference.toLowerCase());
      if (found !== undefined) return found;
    }
    const key = joinKeyOf(reference);
    if (key === null) return NONE;
    this.#names ??= this.#indexNames();
    return this.#names.get(key.endsWith("/") && key.length > 1 ? key.slice(0, -1) : key) ?? NONE;
  }

  #indexSymbols(): Map<string, Resource[]> {
    const symbols = new Map<string, Resource[]>();
    for (const resource of this.#resources) {
      const { declaration, symbol } = resource;
      if (symbol !== null) add(symbols, symbol, resource);
      if (declaration.symbol !== null && declaration.symbol !== symbol) add(symbols, declaration.symbol, resource);
      const loop = declaration.copy === undefined ? undefined : resource.copy?.current?.name;
      if (declaration.symbol === null && loop !== undefined && loop !== "") add(symbols, loop, resource);
    }
    return symbols;
  }

  /** Names of resources with a false condition are never worked out. */
  #indexNames(): Map<string, Resource[]> {
    const names = new Map<string, Resource[]>();
    for (const resource of this.#resources) {
      if (resource.condition === false) continue;
      const { name, id, declaration } = resource;
      const nameKey = joinKeyOf(name);
      const idKey = joinKeyOf(id);
      if (idKey !== null) add(names, idKey, resource);
      if (nameKey !== null) add(names, nameKey, resource);
      if (nameKey !== null) add(names, relativeKey(declaration.type, nameKey), resource);
    }
    return names;
  }
}

/** `namespace/type/name/…`, as `dependsOn` may say. */
function relativeKey(type: string, nameKey: string): string {
  const [namespace = "", ...types] = type.toLowerCase().split("/");
  const names = nameKey.split("/");
  return [namespace, ...types.flatMap((each, index) => [each, names[index] ?? ""])].join("/");
}

function add(map: Map<string, Resource[]>, key: string, resource: Resource): void {
  const folded = key.toLowerCase();
  const list = map.get(folded);
  if (list === undefined) map.set(folded, [resource]);
  else if (!list.includes(resource)) list.push(resource);
}
