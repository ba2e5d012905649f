const MASK = "«secret»";

/** Every secret that exists in a world, so that a test can assert that none of them reached an output. */
export class Secrets {
  readonly #labels = new Map<string, string>();

  /** Remembers `value` and gives it back. The label says what it is when a leak is reported. */
  add(value: string, label: string): string {
    this.#labels.set(value, label);
    return value;
  }

  /** The values, oldest first. */
  all(): readonly string[] {
    return [...this.#labels.keys()];
  }

  /** The labels of the secrets that stand in `text`; empty when it is clean. */
  findIn(text: string): readonly string[] {
    return [...this.#labels].filter(([value]) => text.includes(value)).map(([, label]) => label);
  }

  /** `text` with every secret replaced. */
  mask(text: string): string {
    let masked = text;
    for (const value of this.#labels.keys()) masked = masked.replaceAll(value, MASK);
    return masked;
  }
}
