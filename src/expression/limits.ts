/**
 * ARM's own limit, in characters and without the brackets.
 *
 * Found with the Bicep CLI 0.49.2: "The language expression length limit exceeded. Limit: '81920' and actual: '140010'."
 */
export const MAX_EXPRESSION_LENGTH = 81_920;

/** How deep calls may nest in one text, and how many members may be chained. Real templates stay below 60. */
export const MAX_NESTING = 400;

/**
 * What an evaluation may cost. Beyond any of these the answer is unknown with reason `limit`: ARM might still work it out, we do
 * not try.
 */
export interface Limits {
  /** Calls within calls, through parameters, variables and functions of the template. */
  readonly depth: number;
  /** Arrays and objects within each other. */
  readonly valueDepth: number;
  /** Members, elements and characters of one value. */
  readonly valueSize: number;
  /** Characters of one text. */
  readonly textLength: number;
  /** Calls made plus elements produced, per text evaluated. */
  readonly steps: number;
  /** The same for all texts that one evaluator sees. */
  readonly totalSteps: number;
  /** Characters of the expression that an unknown value carries; a longer one is left out. */
  readonly residualLength: number;
}

/** The limits of a run. ARM's own: 4 MB for a template, 800 resources, 10,000 elements of `range()`. */
export const DEFAULT_LIMITS: Limits = {
  depth: 400,
  valueDepth: 200,
  valueSize: 2_000_000,
  textLength: 4_000_000,
  steps: 3_000_000,
  totalSteps: 50_000_000,
  residualLength: MAX_EXPRESSION_LENGTH,
};

/** Thrown where a limit is reached; the evaluator's public functions answer unknown with reason `limit`. */
export class LimitReached extends Error {
  constructor(what: string) {
    super(what);
    this.name = "LimitReached";
  }
}

/** Counts what an evaluator has spent. No clock is involved: the same input always ends at the same place. */
export class Budget {
  readonly limits: Limits;
  #total = 0;
  #steps = 0;
  #depth = 0;
  #texts = 0;

  constructor(limits: Limits) {
    this.limits = limits;
  }

  /** @throws LimitReached when `steps` more are too many */
  spend(steps: number): void {
    this.#steps += steps;
    this.#total += steps;
    if (this.#steps > this.limits.steps || this.#total > this.limits.totalSteps) throw new LimitReached("steps");
  }

  /** @throws LimitReached before a text of `length` characters would be built */
  spendText(length: number): void {
    if (length > this.limits.textLength) throw new LimitReached("text length");
    this.spend(1 + (length >> 7));
  }

  /** One level deeper; `leave` undoes it. @throws LimitReached when that is too deep */
  enter(): void {
    if (this.#depth >= this.limits.depth) {
      this.#depth += 1;
      throw new LimitReached("depth");
    }
    this.#depth += 1;
  }

  leave(): void {
    this.#depth -= 1;
  }

  /** Starts a text: with fresh steps, unless it is part of another text's evaluation. @returns what `end` needs */
  start(): number {
    if (this.#texts === 0) this.#steps = 0;
    this.#texts += 1;
    return this.#depth;
  }

  end(depth: number): void {
    this.#texts -= 1;
    this.#depth = depth;
  }
}
