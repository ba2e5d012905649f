import type * as Core from "@actions/core";
import type { RunOutput } from "../../ports.ts";

/** What a GitHub job shows, through the toolkit. */
export function githubOutput(core: typeof Core): RunOutput {
  return {
    info: (line) => core.info(line),
    warn: (line) => core.warning(line),
    annotate({ level, title, message, file, line, column }) {
      const properties = {
        title,
        ...(file === null ? {} : { file }),
        ...(line === null ? {} : { startLine: line }),
        ...(column === null ? {} : { startColumn: column }),
      };
      core[level](message, properties);
    },
    async summarise(markdown) {
      await core.summary.addRaw(markdown).write();
    },
    setOutput: (name, value) => core.setOutput(name, value),
    maskSecret: (text) => core.setSecret(text),
  };
}
