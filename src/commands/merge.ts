import { exitCode } from "../hosts/exit-code.ts";
import { GateError } from "../diagnostics/gate-error.ts";
import { mergeReports } from "../render/merge-reports.ts";
import { parseReport } from "../render/parse-report.ts";
import { readDocument } from "../sources/document.ts";
import type { RunCommand } from "./command.ts";
import { noteErrors, writeReport } from "./write-report.ts";

/** `portcullis merge`: one report out of several. */
export const merge: RunCommand = async (args, { tree, output }) => {
  if (args.operands.length === 0) throw new GateError("USAGE", "portcullis merge needs at least one report");
  const reports = [];
  for (const path of args.operands) {
    const { text, name } = await readDocument(tree, path);
    reports.push(parseReport(text, name));
  }
  const merged = mergeReports(reports);
  const advise = args.value("enforcement");
  const report =
    advise === "advise" || advise === "block"
      ? ({ ...merged, policy: { ...merged.policy, enforcement: advise } } as const)
      : merged;
  await writeReport(report, args.outputs, output);
  noteErrors(report, output);
  return exitCode(report);
};
