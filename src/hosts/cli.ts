import { isAbsolute, join } from "node:path";
import { runCli } from "../commands/run-cli.ts";
import type { BicepCompiler, CommandOutput, CompilerAccess } from "../ports.ts";
import { fileTree } from "../sources/file-tree.ts";
import { replaceFile } from "../sources/replace-file.ts";
import { crash } from "./crash.ts";

/** The parts that are loaded later share these classes. */
export * from "../expression/value.ts";

const workingDirectory = process.cwd();
const colour = process.stdout.isTTY && process.env["NO_COLOR"] === undefined && !process.argv.includes("--no-color");
const aborter = new AbortController();
process.once("SIGINT", () => aborter.abort());
for (const stream of [process.stdout, process.stderr]) stream.on("error", ignoreClosedPipe);

const output: CommandOutput = {
  print: (text) => void process.stdout.write(text),
  note: (line) => void process.stderr.write(`${line}\n`),
  writeFile: (path, text) => replaceFile(isAbsolute(path) ? path : join(workingDirectory, path), text),
  terminal: { width: Math.min(process.stdout.columns || 80, 120), colour },
};
const clock = { today: () => new Date().toISOString().slice(0, 10) };

void runCli(
  process.argv.slice(2),
  {
    tree: fileTree(workingDirectory),
    output,
    clock,
    workingDirectory,
    environment: (name) => process.env[name],
    openCompiler,
  },
  aborter.signal,
).then((code) => (process.exitCode = code), crash);

async function openCompiler(access: CompilerAccess): Promise<BicepCompiler> {
  const { machineBicep } = await import("../sources/bicep/cli/machine-bicep.ts");
  return machineBicep(process.env)({ ...access, workingDirectory });
}

/** A reader that has seen enough (`| head`) is no failure. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") crash(error);
}
