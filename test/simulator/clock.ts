/** The simulators' time: the machine's, plus what a test has added. The product under test keeps the machine's time. */
export class SimulatedClock {
  #offsetMs = 0;

  /** Milliseconds since 1970. */
  nowMs(): number {
    return Date.now() + this.#offsetMs;
  }

  /** Whole seconds since 1970, as in JSON Web Tokens. */
  nowSeconds(): number {
    return Math.floor(this.nowMs() / 1000);
  }

  /** ISO 8601 without fractions, as GitHub writes it. */
  nowText(): string {
    return `${new Date(this.nowMs()).toISOString().slice(0, 19)}Z`;
  }

  /** Lets time pass on the servers only: tokens expire, rate limits reset. */
  advance(seconds: number): void {
    this.#offsetMs += seconds * 1000;
  }
}
