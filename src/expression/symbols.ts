import type { ArmValue } from "./arm-value.ts";
import { foldName } from "./dotnet/casing.ts";
import { ExpressionFailure } from "./failure.ts";
import type { Evaluation } from "./evaluation.ts";

/** How a name gets its value: once, when it is first needed. */
export type Definition = () => Evaluation;

interface Entry {
  readonly name: string;
  readonly define: Definition;
  result: Evaluation | null;
}

/**
 * The parameters or variables of one template: each is worked out when it is first read, and only once. Names are compared without
 * letter case.
 */
export class Symbols {
  readonly #entries = new Map<string, Entry>();
  readonly #open: string[] = [];
  readonly #prefix: (name: string) => string;

  /** @param prefix what to say before the message of a definition that fails */
  constructor(definitions: Iterable<readonly [string, Definition]>, prefix: (name: string) => string = () => "") {
    for (const [name, define] of definitions) this.#entries.set(foldName(name), { name, define, result: null });
    this.#prefix = prefix;
  }

  /** Names whose values are known already. */
  static of(values: Iterable<readonly [string, ArmValue]>): Symbols {
    return new Symbols([...values].map(([name, value]) => [name, () => ({ ok: true, value })]));
  }

  /** How the name is written in the template. */
  nameOf(name: string): string | undefined {
    return this.#entries.get(foldName(name))?.name;
  }

  /**
   * The value of `name`; `undefined` when there is no such name.
   *
   * @throws ExpressionFailure when its definition fails, or needs itself
   */
  get(name: string): ArmValue | undefined {
    const entry = this.#entries.get(foldName(name));
    if (entry === undefined) return undefined;
    const result = entry.result ?? this.#define(entry);
    if (result.ok) return result.value;
    throw new ExpressionFailure(result.error.code, result.error.message);
  }

  #define(entry: Entry): Evaluation {
    if (this.#open.includes(entry.name)) {
      const path = [...this.#open.slice(this.#open.indexOf(entry.name)), entry.name].join(" -> ");
      throw new ExpressionFailure("cycle", `The '${entry.name}' symbol's definition cycles back to itself (${path}).`);
    }
    this.#open.push(entry.name);
    try {
      const result = entry.define();
      entry.result = result.ok ? result : this.#explained(entry.name, result);
      return entry.result;
    } finally {
      this.#open.pop();
    }
  }

  #explained(name: string, result: Evaluation & { readonly ok: false }): Evaluation {
    const { code, message } = result.error;
    return {
      ok: false,
      error: { code, message: code === "cycle" ? message : this.#prefix(name) + message, span: null },
    };
  }
}
