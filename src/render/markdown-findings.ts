import { RULES } from "../rules/index.ts";
import { REPOSITORY_URL } from "../version.ts";
import { displayValue } from "./display-value.ts";
import { codeSpan, html, markdown } from "./escape.ts";
import type { Detail } from "./fit.ts";
import { folded, restLine } from "./markdown-blocks.ts";
import type { ReportFinding } from "./report.ts";
import { documentationOf } from "./rule-text.ts";
import { familyName, type OpenGroup, reasonText } from "./sections.ts";

const SEVERITY_MARKS = { critical: "🟣", high: "🔴", medium: "🟠", low: "🟡", info: "⚪" } as const satisfies Record<
  ReportFinding["severity"],
  string
>;

/** Names listed before "and n more". */
const MAX_NAMES = 8;

/** A section whose findings stand open, each with what to change; the explanation is folded. */
export function writtenFindings(title: string, findings: readonly ReportFinding[], detail: Detail): string {
  if (findings.length === 0) return "";
  const shown = findings.slice(0, detail.findings);
  return `### ${title} (${findings.length})\n\n${shown.map((finding) => written(finding, detail)).join("\n\n")}${restLine(findings.length, shown.length)}`;
}

/** A section that opens on a click, one line a finding. */
export function foldedFindings(title: string, findings: readonly ReportFinding[], detail: Detail): string {
  if (findings.length === 0) return "";
  const shown = findings.slice(0, detail.findings);
  return folded(
    `${title} (${findings.length})`,
    shown.map((finding) => `- ${oneLine(finding)}`).join("\n") + restLine(findings.length, shown.length),
  );
}

/** What could not be decided: one entry for each rule or family. */
export function openSection(groups: readonly OpenGroup[], detail: Detail): string {
  if (groups.length === 0) return "";
  const shown = groups.slice(0, detail.findings);
  const total = groups.reduce((sum, { findings }) => sum + findings.length, 0);
  return `### Open (${total})\n\n${shown.map(openLine).join("\n")}${restLine(groups.length, shown.length)}`;
}

function written(finding: ReportFinding, { explanations }: Detail): string {
  const mark = finding.regression ? " *(was met before this change)*" : "";
  const lines = [
    `${SEVERITY_MARKS[finding.severity]} **${finding.severity}** ${markdown(finding.message)}${mark}`,
    `${changeLine(finding)}${placeText(finding)}`,
  ];
  const text = lines.filter((line) => line !== "").join("  \n");
  return explanations ? `${text}\n${folded(`<code>${html(finding.ruleId)}</code>`, explanation(finding))}` : text;
}

/** What to change, as one line: property, value now and value to write. */
function changeLine({ property, actual, expected, fix }: ReportFinding): string {
  const edit = fix?.edits[0];
  if (fix !== null && fix.edits.length === 1 && edit !== undefined && edit.path === property)
    return `Set ${codeSpan(property)} to ${codeSpan(displayValue(edit.value))} (now ${codeSpan(displayValue(actual))})`;
  const now =
    property === ""
      ? ""
      : `${codeSpan(property)} is ${codeSpan(displayValue(actual))}${expected === null ? "" : `, expected ${codeSpan(displayValue(expected))}`}. `;
  return `${now}${fix === null ? "" : `${markdown(fix.description)}.`}`.trim();
}

function placeText({ location }: ReportFinding): string {
  if (location.file === null) return "";
  const line = location.startLine === null ? "" : `:${location.startLine}`;
  return ` · ${codeSpan(location.file + line)}`;
}

function explanation(finding: ReportFinding): string {
  const rule = RULES.find(({ id }) => id === finding.ruleId);
  const { fix, resource } = finding;
  const edits = (fix?.edits ?? []).map(
    ({ path, value }) => `  - ${codeSpan(path)}: ${codeSpan(value === null ? "null" : displayValue(value))}`,
  );
  const impact =
    fix === null || fix.impact === "none" ? "" : ` It is **${fix.impact}**: check who depends on it first.`;
  const parts = [
    rule === undefined ? "" : markdown(rule.rationale),
    [
      `- Resource: ${codeSpan(resource.id ?? resource.address ?? resource.type)}`,
      ...(fix === null ? [] : [`- Fix: ${markdown(fix.description)}.${impact}`, ...edits]),
      ...documentationLine(finding),
    ].join("\n"),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function documentationLine({ ruleId }: ReportFinding): readonly string[] {
  return REPOSITORY_URL === "" ? [] : [`- [About this rule](${REPOSITORY_URL}/blob/main/${documentationOf(ruleId)})`];
}

function oneLine(finding: ReportFinding): string {
  const { waiver, subsumedBy } = finding;
  const by =
    waiver === null
      ? ""
      : `: ${markdown(waiver.reason)} (${markdown(waiver.owner)}, until ${waiver.expires ?? "further notice"})`;
  const better = subsumedBy === null ? "" : ` (see ${codeSpan(subsumedBy)})`;
  return `${SEVERITY_MARKS[finding.severity]} ${finding.severity} ${codeSpan(finding.ruleId)} ${markdown(finding.message)}${by}${better}`;
}

function openLine({ ruleIds, family, findings }: OpenGroup): string {
  const [first] = findings;
  if (first === undefined) return "";
  const names = [...new Set(findings.map(({ resource }) => resource.name ?? resource.type))];
  const rest = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : "";
  const list = names.slice(0, MAX_NAMES).map(codeSpan).join(", ") + rest;
  const subject =
    family === null
      ? `${markdown(first.message)}${findings.length > 1 ? ` (likewise ${list})` : ""}`
      : `${familyName(family)} not in sight for ${list}`;
  const reasons = [...new Set(findings.map(({ reason }) => reasonText(reason)))].join("; ");
  const mark = findings.some(({ regression }) => regression) ? " *(was met before this change)*" : "";
  return `- ${SEVERITY_MARKS[first.severity]} ${first.severity} ${ruleIds.map(codeSpan).join(", ")}: ${subject}${mark}. Because: ${reasons}.`;
}
