import { sentences } from "../../lib/sentences.ts";
import type { Log, Notification, ReportingDescriptor, Result, Run } from "sarif";
import type { Rule } from "../../rules/define-rule.ts";
import { RULES } from "../../rules/index.ts";
import { plainLine, sarifText } from "../escape.ts";
import { LIMITS } from "../limits.ts";
import type { Report, ReportFinding } from "../report.ts";
import { toDescriptor, unknownRule } from "./descriptor.ts";
import { toResult } from "./result.ts";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

/** The report as SARIF 2.1.0, two blanks a level. */
export function renderSarif(report: Report, category?: string): string {
  return `${JSON.stringify(toSarif(report, category), null, 2)}\n`;
}

/**
 * The report as a SARIF log for code scanning: every rule that ran, so that a fixed alert can close, and only what is an alert: fails that are
 * new or existing, neither waived nor folded. `category` keeps the runs of parallel jobs apart.
 *
 * @see https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export function toSarif(report: Report, category?: string): Log {
  const rules = rulesOf(report);
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const alerts = report.findings.filter(isAlert);
  const results = withinLimits(
    alerts.flatMap((finding) => {
      const ruleIndex = indexes.get(finding.ruleId);
      return ruleIndex === undefined ? [] : [{ finding, ruleIndex }];
    }),
  );
  const run: Run = {
    tool: {
      driver: {
        name: "Portcullis",
        semanticVersion: report.tool.version,
        rules: rules.map((rule) => descriptorOf(rule)),
      },
    },
    ...(category === undefined ? {} : { automationDetails: { id: `${plainLine(category).replace(/\/$/, "")}/` } }),
    columnKind: "utf16CodeUnits",
    results: [...results],
    invocations: [
      {
        executionSuccessful: report.verdict !== "notJudged",
        toolExecutionNotifications: [...notificationsOf(report), ...leftOut(alerts.length - results.length)],
      },
    ],
  };
  return { $schema: SCHEMA, version: "2.1.0", runs: [run] };
}

/** Every rule that ran, and any other that a finding of a merged report names. */
function rulesOf({ rules, findings }: Report): Report["rules"] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  for (const { ruleId: id, severity } of findings) if (!byId.has(id)) byId.set(id, { id, severity });
  return [...byId.values()].slice(0, LIMITS.sarifRules);
}

/** The worst results, as many as code scanning keeps and as are sure to fit into its file, which gzip never makes larger. */
function withinLimits(
  alerts: readonly { readonly finding: ReportFinding; readonly ruleIndex: number }[],
): readonly Result[] {
  const results: Result[] = [];
  let room = 0.75 * LIMITS.sarifGzipBytes; // the rest is for rules and notifications
  for (const { finding, ruleIndex } of alerts.slice(0, LIMITS.sarifResultsKept)) {
    const result = toResult(finding, ruleIndex);
    room -= Buffer.byteLength(JSON.stringify(result));
    if (room < 0) break;
    results.push(result);
  }
  return results;
}

function isAlert({ outcome, state, waiver, subsumedBy }: ReportFinding): boolean {
  return outcome === "fail" && state !== "fixed" && waiver?.status !== "active" && subsumedBy === null;
}

function descriptorOf({ id, severity }: Report["rules"][number]): ReportingDescriptor {
  const rule: Rule | undefined = RULES.find((candidate) => candidate.id === id);
  return rule === undefined ? unknownRule(id, severity) : toDescriptor(rule, severity);
}

/** Notifications written out; the others are counted. */
const MAX_NOTIFICATIONS = 200;

function notificationsOf(report: Report): readonly Notification[] {
  const all = allNotifications(report);
  const rest = all.length - MAX_NOTIFICATIONS;
  return rest > 0
    ? [...all.slice(0, MAX_NOTIFICATIONS), note("notifications-left-out", `${rest} more notifications are left out`)]
    : all;
}

function allNotifications({ notifications, targets }: Report): readonly Notification[] {
  const errors = targets.flatMap(({ name, error }) =>
    error === null
      ? []
      : [
          {
            level: "error" as const,
            descriptor: { id: plainLine(error.code) },
            message: { text: sarifText(sentences(`${name}: ${error.message}`, error.hint)) },
          },
        ],
  );
  return [
    ...errors,
    ...notifications.map(({ level, code, message }) => ({
      level,
      descriptor: { id: plainLine(code) },
      message: { text: sarifText(message) },
    })),
  ];
}

function leftOut(count: number): readonly Notification[] {
  return count > 0
    ? [note("results-left-out", `${count} findings are left out: code scanning keeps ${LIMITS.sarifResultsKept}`)]
    : [];
}

function note(id: string, text: string): Notification {
  return { level: "warning", descriptor: { id }, message: { text } };
}
