import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** The committed bundle of the command line. */
export const CLI = join(import.meta.dirname, "../../dist/cli.cjs");

/** Rows of a table of ratios, and which of them exceed their budget. */
export class Table {
  readonly failures: string[] = [];

  /** @param budget the highest ratio allowed; infinite where there is none */
  row(name: string, { ratio, budget, detail }: { ratio: number; budget?: number; detail: string }): void {
    const limit = budget === undefined ? "" : ` (budget ${budget})`;
    console.log(`${name.padEnd(34)} ${ratio.toFixed(2)}×${limit}  ${detail}`);
    if (budget !== undefined && ratio > budget)
      this.failures.push(`${name}: ${ratio.toFixed(2)}× is over the budget of ${budget}×`);
  }
}

/** Milliseconds of one process from start to end. A verdict is a success, whichever it is. */
export function run(command: string, args: readonly string[]): number {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(command, [...args], {
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: 1024 * 1024 * 1024,
  });
  if (status !== 0 && status !== 1 && status !== 4)
    throw new Error(`exit code ${status}: ${stderr.toString("utf8").slice(0, 500)}`);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/** Milliseconds of one `node` process. */
export function runNode(args: readonly string[]): number {
  return run(process.execPath, args);
}

export function median(times: number, measure: () => number): number {
  measure(); // the first run warms the file cache
  const values = Array.from({ length: times }, measure).sort((a, b) => a - b);
  return values[Math.floor(times / 2)] ?? 0;
}

export function ms(value: number): string {
  return `${value.toFixed(0)} ms`;
}
