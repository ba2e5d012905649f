import { OTHER_SPELLINGS, RESOURCE_TYPE_NAMES } from "./resource-type-names.ts";

/** Finds out how the definitions of resource types spell a type, as the compiler writes it so. Reads of the names what is asked for. */
export class TypeSpelling {
  readonly #lines = new Map<string, string[]>();
  readonly #names = new Map<string, ReadonlyMap<string, string>>();
  readonly #others = new Map<string, string>();

  constructor() {
    for (const line of RESOURCE_TYPE_NAMES.trim().split("\n")) {
      const provider = line.slice(0, line.indexOf(" ")).toLowerCase();
      this.#lines.set(provider, [...(this.#lines.get(provider) ?? []), line]);
    }
    for (const line of OTHER_SPELLINGS) {
      const [type = "", versions = ""] = line.split("@");
      for (const version of versions.split(",")) this.#others.set(`${type.toLowerCase()}@${version}`, type);
    }
  }

  /** `type` as its definition spells it; as it is when there is no such type. */
  of(type: string, version: string | undefined): string {
    const folded = type.toLowerCase();
    const provider = folded.slice(0, folded.indexOf("/"));
    return this.#others.get(`${folded}@${version ?? ""}`) ?? this.#namesOf(provider).get(folded) ?? type;
  }

  #namesOf(provider: string): ReadonlyMap<string, string> {
    const known = this.#names.get(provider);
    if (known !== undefined) return known;
    const names = new Map((this.#lines.get(provider) ?? []).flatMap((line) => [...readNames(line)]));
    this.#names.set(provider, names);
    return names;
  }
}

/** The names of a line, by their lower case. */
function readNames(line: string): ReadonlyMap<string, string> {
  const provider = line.slice(0, line.indexOf(" "));
  const names = new Map<string, string>();
  const outer: string[] = [];
  let type = provider;
  for (const [token] of line.slice(provider.length).matchAll(/[()]|[^() ]+/gu)) {
    if (token === "(") outer.push(type);
    else if (token === ")") outer.pop();
    else {
      type = `${outer.at(-1) ?? provider}/${token.replace("~", "")}`;
      if (!token.startsWith("~")) names.set(type.toLowerCase(), type);
    }
  }
  return names;
}
