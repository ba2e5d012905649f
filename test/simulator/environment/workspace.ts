import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Files } from "../git/repository.ts";

/** Writes a commit's files into `folder`, as a checkout would. */
export function checkout(folder: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}

/** What was written to a command file such as `GITHUB_OUTPUT`: `name=value` lines and here-documents. The last value wins. */
export function readCommandFile(path: string): Record<string, string> {
  const lines = readFileSync(path, "utf8").split(/\r?\n/u);
  const values: Record<string, string> = {};
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    const block = /^(?<name>[^=<]+)<<(?<end>.+)$/u.exec(line)?.groups;
    if (block === undefined) {
      const at = line.indexOf("=");
      if (at > 0) values[line.slice(0, at)] = line.slice(at + 1);
      continue;
    }
    const end = lines.indexOf(block["end"] ?? "", index + 1);
    if (end < 0) throw new Error(`${path}: the value of ${block["name"] ?? ""} has no end`);
    values[block["name"] ?? ""] = lines.slice(index + 1, end).join("\n");
    index = end;
  }
  return values;
}

/** The machine's system, as runners and agents call it. */
export function systemNames(): { readonly runner: string; readonly agent: string } {
  if (process.platform === "win32") return { runner: "Windows", agent: "Windows_NT" };
  return process.platform === "darwin" ? { runner: "macOS", agent: "Darwin" } : { runner: "Linux", agent: "Linux" };
}

/** The variables that a process needs from its machine, and nothing that belongs to the user. */
export function machineVariables(home: string): Record<string, string> {
  const kept = ["SystemRoot", "windir", "ComSpec"].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return {
    PATH: dirname(process.execPath),
    HOME: home,
    USERPROFILE: home,
    TEMP: home,
    TMP: home,
    ...Object.fromEntries(kept),
  };
}
