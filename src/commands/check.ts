import { findConfig } from "../config/find-config.ts";
import { loadSettings } from "../config/load-settings.ts";
import { GateError } from "../diagnostics/gate-error.ts";
import { exitCode } from "../hosts/exit-code.ts";
import type { Arguments } from "../inputs/parse-arguments.ts";
import { policyOverrides } from "../inputs/policy-overrides.ts";
import { isDay } from "../lib/is-day.ts";
import { runWithSecondOpinions } from "../pipeline.ts";
import { RULES } from "../rules/index.ts";
import { readBaseline } from "../sources/read-baseline.ts";
import type { RunCommand } from "./command.ts";
import { loadOperands } from "./load-operands.ts";
import { noteErrors, writeReport } from "./write-report.ts";

/** A run outside a pipeline is about no pull request. */
const NO_SUBJECT = { repository: null, pullRequest: null, headSha: null, baseSha: null };

/** `portcullis check`: judges planned changes. */
export const check: RunCommand = async (args, ports, signal) => {
  const settings = await loadSettings({
    rules: RULES,
    config: await findConfig(args.value("config"), ports.workingDirectory, ports.tree),
    proposed: null,
    approvedBy: [],
    overrides: policyOverrides((name) => args.value(name)),
    asOf: dayOf(args, ports.clock.today()),
  });
  const baseline = await readBaseline(args.value("baseline"), ports.tree);
  const { targets, notifications } = await loadOperands(args, ports, signal);
  const report = await runWithSecondOpinions({
    targets,
    settings,
    baseline,
    subject: NO_SUBJECT,
    notifications,
    allOutcomes: args.isSet("all-outcomes"),
    expectedDigest: null,
  });
  await writeReport(report, args.outputs, ports.output);
  noteErrors(report, ports.output);
  return exitCode(report);
};

function dayOf(args: Arguments, today: string): string {
  const day = args.value("as-of");
  if (day === undefined) return today;
  if (!isDay(day)) throw new GateError("USAGE", `--as-of is ${day}; expected a day, YYYY-MM-DD`);
  return day;
}
