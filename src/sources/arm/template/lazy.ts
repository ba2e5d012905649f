/** A value that is worked out when it is first asked for, and only once; so is the failure to do so. */
export class Lazy<T> {
  readonly #make: () => T;
  #state: "new" | "open" | "done" | "failed" = "new";
  #value: T | undefined;
  #failure: unknown;

  constructor(make: () => T) {
    this.#make = make;
  }

  /** Whether the value is being worked out right now: asking for it would go round in a circle. */
  get isOpen(): boolean {
    return this.#state === "open";
  }

  get(): T {
    if (this.#state === "failed") throw this.#failure;
    if (this.#state === "open") throw new RangeError("a value that needs itself");
    if (this.#state === "new") this.#value = this.#made();
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- set by `#made` before the state is "done"
    return this.#value as T;
  }

  #made(): T {
    this.#state = "open";
    try {
      const value = this.#make();
      this.#state = "done";
      return value;
    } catch (failure) {
      this.#failure = failure;
      this.#state = "failed";
      throw failure;
    }
  }
}
