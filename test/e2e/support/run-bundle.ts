import { spawn } from "node:child_process";
import { join } from "node:path";

/** The root of the repository. */
export const ROOT = join(import.meta.dirname, "../../..");

/** How a process ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Start {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** The Node that the hosts have: that of the machine unless a test names another. */
  readonly node?: string;
}

/** A process that takes longer is killed and fails its test. */
const DEADLINE_MS = 45_000;

/** Runs a bundle in a process of its own, with exactly the given environment. */
export function runBundle(
  bundle: string,
  { args = [], env = {}, cwd = ROOT, node = process.execPath }: Start = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [bundle, ...args], {
      cwd,
      env: { PATH: process.env["PATH"] ?? "", ...env },
      timeout: DEADLINE_MS,
    });
    const output = { stdout: "", stderr: "" };
    child.stdout.on("data", (chunk: Buffer) => (output.stdout += chunk.toString("utf8")));
    child.stderr.on("data", (chunk: Buffer) => (output.stderr += chunk.toString("utf8")));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...output }));
  });
}

/** Runs the command line. */
export function runCli(args: readonly string[], options: Omit<Start, "args"> = {}): Promise<Ended> {
  return runBundle(join(ROOT, "dist/cli.cjs"), { ...options, args });
}
