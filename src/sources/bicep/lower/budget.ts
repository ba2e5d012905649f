import { GateError } from "../../../diagnostics/gate-error.ts";

/** Deepest nesting of what is lowered: files nest less, but variables that are written where they are used add up. */
const MAX_DEPTH = 600;
/** Most expressions that one run lowers. ARM takes templates of 4 MB, which is far less. */
const MAX_STEPS = 5_000_000;

/** Counts what lowering costs, so that a hostile file ends it: small files can come to endless templates. */
export class LoweringBudget {
  #depth = 0;
  #steps = 0;

  /** One level deeper; `leave` undoes it. @throws GateError BICEP_FAILED when that is too much */
  enter(): void {
    this.spend(1);
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new GateError("BICEP_FAILED", "the Bicep files are nested too deeply");
  }

  leave(): void {
    this.#depth -= 1;
  }

  /** @throws GateError BICEP_FAILED when `steps` more are too many */
  spend(steps: number): void {
    this.#steps += steps;
    if (this.#steps > MAX_STEPS) throw new GateError("BICEP_FAILED", "the Bicep files come to too large a template");
  }
}
