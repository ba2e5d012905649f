import type { ReportingDescriptor } from "sarif";
import type { Rule, Severity } from "../../rules/define-rule.ts";
import { REPOSITORY_URL } from "../../version.ts";
import { plainLine } from "../escape.ts";
import { LIMITS } from "../limits.ts";
import { areaOf, documentationOf, ruleMarkdown } from "../rule-text.ts";

/** GitHub derives its own severity from this number. Same source as the limits: over 9.0 critical, from 7.0 high, from 4.0 medium. */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "3.0",
  info: "0.1",
};

const LEVELS = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "note",
  info: "note",
} as const satisfies Record<Severity, string>;

const PRECISION = { high: "very-high", medium: "high", low: "low" } as const;

/** The SARIF level of a severity. */
export function levelOf(severity: Severity): "error" | "warning" | "note" {
  return LEVELS[severity];
}

/** A rule as SARIF describes it. */
export function toDescriptor(rule: Rule, severity: Severity): ReportingDescriptor {
  const tags = [
    "security",
    areaOf(rule),
    ...rule.topics,
    ...(rule.standards?.mcsb ?? []),
    ...(rule.standards?.owaspLlm ?? []),
  ];
  const descriptor: ReportingDescriptor = {
    id: rule.id,
    name: nameOf(rule.id).slice(0, LIMITS.sarifNameChars),
    shortDescription: { text: rule.title.slice(0, LIMITS.sarifDescriptionChars) },
    fullDescription: { text: rule.rationale.slice(0, LIMITS.sarifDescriptionChars) },
    help: { text: helpText(rule), markdown: ruleMarkdown(rule) },
    defaultConfiguration: { level: levelOf(severity) },
    properties: {
      tags: [...new Set(tags)].slice(0, LIMITS.sarifTagsKept),
      precision: PRECISION[rule.confidence],
      "security-severity": SECURITY_SEVERITY[severity],
    },
  };
  if (REPOSITORY_URL !== "") descriptor.helpUri = `${REPOSITORY_URL}/blob/main/${documentationOf(rule.id)}`;
  return descriptor;
}

/** A rule of another version, known by its id alone. */
export function unknownRule(id: string, severity: Severity): ReportingDescriptor {
  const text = "A rule that this version does not know; the report with its findings was written by another version.";
  return {
    id,
    name: nameOf(id).slice(0, LIMITS.sarifNameChars),
    shortDescription: { text: plainLine(id).slice(0, LIMITS.sarifDescriptionChars) },
    fullDescription: { text },
    help: { text },
    defaultConfiguration: { level: levelOf(severity) },
    properties: { tags: ["security"], precision: "medium", "security-severity": SECURITY_SEVERITY[severity] },
  };
}

/** `network/openai-public-access` as `NetworkOpenaiPublicAccess`. */
function nameOf(id: string): string {
  return id
    .split(/[/-]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

function helpText({ rationale, fix }: Rule): string {
  return fix === undefined ? rationale : `${rationale}\n\nFix: ${fix.description}.`;
}
