import { plural } from "../lib/plural.ts";
import { RULES } from "../rules/index.ts";
import { displayValue, unknownReason } from "./display-value.ts";
import { codeSpan, html, markdown } from "./escape.ts";
import type { Detail } from "./fit.ts";
import { type FindingGroup, groupFindings, namesOf } from "./group-findings.ts";
import { explanation } from "./markdown-explanation.ts";
import { folded, restLine } from "./markdown-blocks.ts";
import type { ReportFinding } from "./report.ts";
import { familyName, openAdvice, type OpenGroup, reasonText } from "./sections.ts";
import { shorten } from "./shorten.ts";

/** How a comment is written. */
export interface Writing extends Detail {
  /** The report is about more than one target, so a finding must say to which it belongs. */
  readonly severalTargets: boolean;
}

const SEVERITY_MARKS = { critical: "🟣", high: "🔴", medium: "🟠", low: "🟡", info: "⚪" } as const satisfies Record<
  ReportFinding["severity"],
  string
>;

/** Names listed before "and n more". */
const MAX_NAMES = 8;

/** Characters of a name in a list. */
const MAX_NAME_CHARS = 120;

/** A section whose findings stand open, each with what to change; the explanation is folded. */
export function writtenFindings(title: string, findings: readonly ReportFinding[], writing: Writing): string {
  if (findings.length === 0) return "";
  const shown = entriesOf(findings, writing).slice(0, writing.findings);
  const entries = shown.map((group) => written(group, writing)).join("\n\n");
  return `### ${title} (${findings.length})\n\n${entries}${restLine(findings.length, sizeOf(shown))}`;
}

/** A section that opens on a click, one line a finding. */
export function foldedFindings(title: string, findings: readonly ReportFinding[], writing: Writing): string {
  if (findings.length === 0) return "";
  if (writing.findings === 0) return `**${title}**: ${findings.length}`;
  const shown = entriesOf(findings, writing).slice(0, writing.findings);
  const lines = shown.map((group) => `- ${oneLine(group)}`).join("\n");
  return folded(`${title} (${findings.length})`, lines + restLine(findings.length, sizeOf(shown)));
}

/** What could not be decided: one entry for each rule or family. */
export function openSection(groups: readonly OpenGroup[], { findings: most }: Detail): string {
  if (groups.length === 0) return "";
  const shown = groups.slice(0, most);
  const total = sizeOf(groups);
  return `### Open: could not be decided (${total})\n\n${shown.map(openEntry).join("\n")}${restLine(total, sizeOf(shown))}`;
}

function entriesOf(findings: readonly ReportFinding[], { each }: Detail): readonly FindingGroup[] {
  return each === "rule"
    ? groupFindings(findings)
    : findings.map((finding) => ({ first: finding, findings: [finding] }));
}

function sizeOf(groups: readonly { readonly findings: readonly ReportFinding[] }[]): number {
  return groups.reduce((sum, { findings }) => sum + findings.length, 0);
}

function written(group: FindingGroup, { explanations, severalTargets }: Writing): string {
  const { first, findings } = group;
  const parts =
    findings.length === 1
      ? [markdown(first.message) + regressionMark(first), changeLine(first) + placeText(first, severalTargets)]
      : [groupLine(group), first.fix === null ? "" : `${markdown(first.fix.description)}.`];
  const text = `${SEVERITY_MARKS[first.severity]} **${first.severity}** ${parts.filter((part) => part !== "").join("  \n")}`;
  return explanations ? `${text}\n${folded(`<code>${html(first.ruleId)}</code>`, explanation(group))}` : text;
}

function regressionMark({ regression }: ReportFinding): string {
  return regression ? " *(was met before this change)*" : "";
}

function groupLine({ first, findings }: FindingGroup): string {
  const title = RULES.find(({ id }) => id === first.ruleId)?.title ?? first.message;
  const lost = findings.filter(({ regression }) => regression).length;
  const mark = lost === 0 ? "" : ` *(${lost === findings.length ? "" : `${lost} of them `}met before this change)*`;
  return `${markdown(title)}: ${plural(findings.length, "finding")} on ${nameList(namesOf(findings))}${mark}`;
}

/** What to change, as one line: property, value now and value to write. */
function changeLine(finding: ReportFinding): string {
  const { property, fix } = finding;
  const edit = fix?.edits[0];
  if (fix !== null && fix.edits.length === 1 && edit !== undefined && edit.path === property)
    return `Set ${codeSpan(property)} to ${codeSpan(displayValue(edit.value))} (now ${valueText(finding)})`;
  return `${stateText(finding)}${fix === null ? "" : `${markdown(fix.description)}.`}`.trim();
}

function stateText(finding: ReportFinding): string {
  const { property, actual, expected } = finding;
  if (property === "") return "";
  const wanted =
    expected === null || unknownReason(actual) !== null ? "" : `, expected ${codeSpan(displayValue(expected))}`;
  return `${codeSpan(property)} is ${valueText(finding)}${wanted}. `;
}

function valueText({ actual }: ReportFinding): string {
  const reason = unknownReason(actual);
  return reason === null ? codeSpan(displayValue(actual)) : `not known: ${markdown(reasonText(reason))}`;
}

/** A file without a line is the plan itself, which nobody edits: said only where it tells targets apart. */
function placeText({ location, target }: ReportFinding, severalTargets: boolean): string {
  if (location.file !== null && location.startLine !== null) {
    const [use] = location.related ?? [];
    const used = use === undefined ? "" : `, used at ${codeSpan(`${use.file ?? ""}:${use.startLine ?? 1}`)}`;
    return ` · ${codeSpan(`${location.file}:${location.startLine}`)}${used}`;
  }
  return severalTargets ? ` · ${codeSpan(target)}` : "";
}

function oneLine({ first, findings }: FindingGroup): string {
  const { waiver, subsumedBy, severity, ruleId } = first;
  const by =
    waiver?.status === "active"
      ? `: ${markdown(waiver.reason)} (${markdown(waiver.owner)}, until ${markdown(waiver.expires ?? "further notice")})`
      : "";
  const better = subsumedBy === null ? "" : ` (see ${codeSpan(subsumedBy)})`;
  const what =
    findings.length === 1
      ? markdown(first.message)
      : `${plural(findings.length, "finding")} on ${nameList(namesOf(findings))}`;
  return `${SEVERITY_MARKS[severity]} ${severity} ${codeSpan(ruleId)} ${what}${by}${better}`;
}

function openEntry({ ruleIds, family, findings }: OpenGroup): string {
  const [first] = findings;
  if (first === undefined) return "";
  const list = nameList(namesOf(findings));
  const subject =
    family === null
      ? `${markdown(first.message)}${findings.length > 1 ? ` (likewise ${list})` : ""}`
      : `No ${markdown(familyName(family))} in sight for ${list}`;
  const reasons = [...new Set(findings.map(({ reason }) => reason))];
  const because = markdown([...new Set(reasons.map(reasonText))].join("; "));
  const advice = [...new Set(reasons.map(openAdvice))].filter((text) => text !== "").map((text) => ` ${text}.`);
  const mark = findings.some(({ regression }) => regression) ? " *(was met before this change)*" : "";
  return `- ${SEVERITY_MARKS[first.severity]} **${first.severity}** ${subject}${mark}: ${because}.${advice.join("")} ${ruleIds.map(codeSpan).join(", ")}`;
}

function nameList(names: readonly string[]): string {
  const rest = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : "";
  const shown = names.slice(0, MAX_NAMES).map((name) => codeSpan(shorten(name, MAX_NAME_CHARS)));
  return shown.join(", ") + rest;
}
