import type { Log, ReportingDescriptor, Result, Run } from "sarif";
import type { Rule } from "../../rules/define-rule.ts";
import { RULES } from "../../rules/index.ts";
import { LIMITS } from "../limits.ts";
import type { Report, ReportFinding } from "../report.ts";
import { toDescriptor } from "./descriptor.ts";
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
  const rules = report.rules.slice(0, LIMITS.sarifRules);
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const alerts = report.findings.filter(isAlert);
  const results = alerts.slice(0, LIMITS.sarifResultsKept).flatMap((finding): Result[] => {
    const ruleIndex = indexes.get(finding.ruleId);
    return ruleIndex === undefined ? [] : [toResult(finding, ruleIndex)];
  });
  const run: Run = {
    tool: {
      driver: {
        name: "Portcullis",
        semanticVersion: report.tool.version,
        rules: rules.map((rule) => descriptorOf(rule)),
      },
    },
    ...(category === undefined
      ? {}
      : { automationDetails: { id: category.endsWith("/") ? category : `${category}/` } }),
    columnKind: "utf16CodeUnits",
    results,
    invocations: [
      {
        executionSuccessful: report.verdict !== "notJudged",
        toolExecutionNotifications: [...notificationsOf(report), ...leftOut(alerts.length - results.length)],
      },
    ],
  };
  return { $schema: SCHEMA, version: "2.1.0", runs: [run] };
}

function isAlert({ outcome, state, waiver, subsumedBy }: ReportFinding): boolean {
  return outcome === "fail" && state !== "fixed" && waiver?.status !== "active" && subsumedBy === null;
}

function descriptorOf({ id, severity }: Report["rules"][number]): ReportingDescriptor {
  const rule: Rule | undefined = RULES.find((candidate) => candidate.id === id);
  return rule === undefined ? { id } : toDescriptor(rule, severity);
}

function notificationsOf({ notifications, targets }: Report) {
  const errors = targets.flatMap(({ name, error }) =>
    error === null
      ? []
      : [
          {
            level: "error" as const,
            descriptor: { id: error.code },
            message: { text: `${name}: ${error.message}. ${error.hint}` },
          },
        ],
  );
  return [
    ...errors,
    ...notifications.map(({ level, code, message }) => ({
      level,
      descriptor: { id: code },
      message: { text: message },
    })),
  ];
}

function leftOut(count: number) {
  return count > 0
    ? [
        {
          level: "warning" as const,
          descriptor: { id: "results-left-out" },
          message: { text: `${count} findings are left out: code scanning keeps ${LIMITS.sarifResultsKept}` },
        },
      ]
    : [];
}
