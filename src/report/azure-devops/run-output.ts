import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { RunOutput } from "../../ports.ts";
import { vsoData, vsoProperty } from "../../render/escape.ts";

/** What the task library offers of logging commands; the rest we write ourselves, escaped. */
interface TaskLibrary {
  setVariable(name: string, value: string, secret?: boolean, isOutput?: boolean): void;
  setSecret(value: string): void;
}

/**
 * What an Azure Pipelines job shows. `print` gets whole lines.
 *
 * @see https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
 */
export function pipelinesOutput(
  library: TaskLibrary,
  print: (line: string) => void,
  temporaryFolder: string,
): RunOutput {
  return {
    info: print,
    warn: (line) => print(`##vso[task.logissue type=warning;]${vsoData(line)}`),
    annotate({ level, title, message, file, line, column }) {
      const properties = [
        ["type", level === "error" ? "error" : "warning"],
        ["sourcepath", file],
        ["linenumber", line],
        ["columnnumber", column],
        ["code", title],
      ] as const;
      const given = properties
        .flatMap(([name, value]) => (value === null ? [] : [`${name}=${vsoProperty(String(value))};`]))
        .join("");
      print(`##vso[task.logissue ${given}]${vsoData(message)}`);
    },
    async summarise(markdown) {
      const path = join(temporaryFolder, "portcullis-summary.md");
      await writeFile(path, markdown);
      print(`##vso[task.uploadsummary]${vsoData(path)}`);
    },
    setOutput: (name, value) => library.setVariable(camelCase(name), value, false, true),
    maskSecret: (text) => library.setSecret(text),
  };
}

/** Input and output names in Azure DevOps: `fail-on` becomes `failOn`. */
export function camelCase(name: string): string {
  return name.replaceAll(/-(?<letter>[a-z])/g, (_, letter: string) => letter.toUpperCase());
}
