import { RULES } from "../rules/index.ts";
import { REPOSITORY_URL } from "../version.ts";
import { displayValue } from "./display-value.ts";
import { codeBlock, codeSpan, markdown } from "./escape.ts";
import type { FindingGroup } from "./group-findings.ts";
import type { ReportFinding, ReportFix } from "./report.ts";
import { documentationOf } from "./rule-text.ts";

/** Resources listed in one explanation. */
const MAX_RESOURCES = 20;

/** Why a finding matters, on what it is, and how to fix it. */
export function explanation({ first, findings }: FindingGroup): string {
  const rule = RULES.find(({ id }) => id === first.ruleId);
  const parts = [
    rule === undefined ? "" : markdown(rule.rationale),
    [...resourceLines(findings), ...fixLines(first.fix), ...documentationLine(first)].join("\n"),
    findings.length === 1 ? suggestionText(first.fix) : "",
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function resourceLines(findings: readonly ReportFinding[]): readonly string[] {
  const shown = findings
    .slice(0, MAX_RESOURCES)
    .map(({ resource }) => `- Resource: ${codeSpan(resource.id ?? resource.address ?? resource.type)}`);
  const rest = findings.length - shown.length;
  return rest > 0 ? [...shown, `- and ${rest} more; the JSON report lists them all`] : shown;
}

function fixLines(fix: ReportFix | null): readonly string[] {
  if (fix === null) return [];
  const impact = fix.impact === "none" ? "" : ` It is **${fix.impact}**: check who depends on it first.`;
  const edits = fix.edits.map(
    ({ path, value }) => `  - ${codeSpan(path)}: ${codeSpan(value === null ? "null" : displayValue(value))}`,
  );
  return [`- Fix: ${markdown(fix.description)}.${impact}`, ...edits];
}

function documentationLine({ ruleId }: ReportFinding): readonly string[] {
  return REPOSITORY_URL === "" ? [] : [`- [About this rule](${REPOSITORY_URL}/blob/main/${documentationOf(ruleId)})`];
}

/** The lines to write, as a block with a button to copy it. */
function suggestionText(fix: ReportFix | null): string {
  if (fix === null || fix.suggestion === null) return "";
  const { file, startLine, endLine, text } = fix.suggestion;
  const lines = startLine === endLine ? `line ${startLine}` : `lines ${startLine} to ${endLine}`;
  return `Write this in place of ${lines} of ${codeSpan(file)}:\n\n${codeBlock(text)}`;
}
