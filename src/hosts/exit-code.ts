import type { ErrorKind } from "../diagnostics/catalogue.ts";
import type { Report } from "../render/report.ts";

/** The exit code of a failure that ended the run, or of a target that was not judged. */
export function exitCodeOfKind(kind: ErrorKind): 2 | 3 | 70 {
  if (kind === "internal") return 70;
  return kind === "configuration" || kind === "source" ? 2 : 3;
}

/** The exit code of a run. Where targets differ, 70 wins over 1, 1 over 2, 2 over 3, 3 over 4; advice turns 1 and 4 into 0. */
export function exitCode(report: Report): 0 | 1 | 2 | 3 | 4 | 70 {
  const errors = report.targets.flatMap(({ error }) => (error === null ? [] : [exitCodeOfKind(error.kind)]));
  if (errors.includes(70)) return 70;
  const advise = report.policy.enforcement === "advise";
  if (report.verdict === "block" && !advise) return 1;
  if (errors.length > 0) return errors.includes(2) ? 2 : 3;
  return report.verdict === "undecided" && !advise ? 4 : 0;
}
