import type { Severity } from "../rules/define-rule.ts";
import { displayValue, unknownReason } from "./display-value.ts";
import { nameOf, namesOf } from "./group-findings.ts";
import type { Page } from "./page.ts";
import type { Style } from "./paint.ts";
import type { ReportFinding } from "./report.ts";
import { familyName, openAdvice, type OpenGroup, reasonText, type Sections } from "./sections.ts";
import { shorten } from "./shorten.ts";

/** Findings written out in each section before "and n more". */
const MAX_FINDINGS = 50;

/** Names listed before "and n more". */
const MAX_NAMES = 5;

/** Characters of a name in a list. */
const MAX_NAME_CHARS = 120;

/** Where the text of a finding starts: behind its severity. */
const INDENT = 12;

const SEVERITY_STYLE: Readonly<Record<Severity, Style>> = {
  critical: "magenta",
  high: "red",
  medium: "yellow",
  low: "cyan",
  info: "dim",
};

interface FindingList {
  readonly findings: readonly ReportFinding[];
  /** The report is about more than one target, so a finding must say to which it belongs. */
  readonly severalTargets: boolean;
}

/** A section whose findings are written out, each with what to change. */
export function writeFindings(page: Page, title: string, { findings, severalTargets }: FindingList): void {
  if (findings.length === 0) return;
  page.heading(`${title} (${findings.length})`);
  for (const finding of findings.slice(0, MAX_FINDINGS)) writeFinding(page, finding, severalTargets);
  const rest = findings.length - MAX_FINDINGS;
  if (rest > 0) {
    page.blank();
    page.write(`and ${rest} more; the JSON report lists them all`, { indent: 2 });
  }
}

function writeFinding(page: Page, finding: ReportFinding, severalTargets: boolean): void {
  const { message, waiver } = finding;
  writeTitle(page, finding.severity, finding.regression ? `${finding.ruleId} (was met before)` : finding.ruleId);
  page.write(message, { indent: INDENT, hang: 2 });
  const rows = [
    ["resource", resourceText(finding)],
    ["property", propertyText(finding)],
    ["where", locationText(finding, severalTargets)],
    ["waiver", waiver === null ? "" : `${waiver.status}: ${waiver.reason} (${waiver.owner})`],
    ["fix", fixText(finding)],
  ] as const;
  for (const [label, text] of rows) {
    if (text !== "") writeRow(page, label, text);
  }
}

/** A row below a finding. */
function writeRow(page: Page, label: string, text: string): void {
  const style = label === "fix" || label === "next" ? "cyan" : undefined;
  page.row(text, { label, indent: INDENT, column: INDENT + 10, labelStyle: style, style });
}

/** The severity, then the rule. */
function writeTitle(page: Page, severity: Severity, text: string): void {
  page.blank();
  page.row(text, { label: severity, indent: 2, column: INDENT, labelStyle: SEVERITY_STYLE[severity] });
}

function resourceText({ resource }: ReportFinding): string {
  return `${resource.type} ${resource.name ?? resource.address ?? "(name not known)"}`;
}

function propertyText({ property, actual }: ReportFinding): string {
  if (property === "") return "";
  const reason = unknownReason(actual);
  return reason === null
    ? `${property} is ${displayValue(actual, 60)}`
    : `${property} is not known: ${reasonText(reason)}`;
}

/** A file without a line is the plan itself, which nobody edits: said only where it tells targets apart. */
function locationText({ location, target }: ReportFinding, severalTargets: boolean): string {
  if (location.file === null || location.startLine === null) return severalTargets ? target : "";
  const [use] = location.related ?? [];
  const place = `${location.file}:${location.startLine}:${location.startColumn ?? 1}`;
  return use === undefined ? place : `${place}, used at ${use.file ?? ""}:${use.startLine ?? 1}`;
}

function fixText({ fix }: ReportFinding): string {
  if (fix === null) return "";
  const impact = fix.impact === "none" ? "" : ` (${fix.impact})`;
  const edits = fix.edits
    .map(({ path, value }) => `${path} = ${value === null ? "null" : displayValue(value, 60)}`)
    .join(", ");
  return `${fix.description}${impact}${edits === "" ? "" : `: ${edits}`}`;
}

/** What could not be decided: one entry for each rule or family. */
export function writeOpen(page: Page, groups: readonly OpenGroup[]): void {
  if (groups.length === 0) return;
  page.heading(`Open: could not be decided (${groups.reduce((sum, { findings }) => sum + findings.length, 0)})`);
  for (const group of groups.slice(0, MAX_FINDINGS)) writeOpenGroup(page, group);
  const rest = groups.slice(MAX_FINDINGS).reduce((sum, { findings }) => sum + findings.length, 0);
  if (rest > 0) page.write(`and ${rest} more; the JSON report lists them all`, { indent: 2 });
}

function writeOpenGroup(page: Page, { ruleIds, family, findings }: OpenGroup): void {
  const [first] = findings;
  if (first === undefined) return;
  const mark = findings.some(({ regression }) => regression) ? " (was met before)" : "";
  writeTitle(page, first.severity, `${ruleIds.join(", ")}${mark}`);
  const subject =
    family === null ? first.message : `No ${familyName(family)} in sight for ${nameList(namesOf(findings))}`;
  page.write(subject, { indent: INDENT, hang: 2 });
  if (family === null && findings.length > 1)
    page.write(`likewise for ${nameList(namesOf(findings.slice(1)))}`, { indent: INDENT, hang: 2 });
  const reasons = [...new Set(findings.map(({ reason }) => reason))];
  page.write(`because ${reasons.map(reasonText).join("; ")}`, { indent: INDENT, hang: 2, style: "dim" });
  for (const advice of new Set(reasons.map(openAdvice))) {
    if (advice !== "") writeRow(page, "next", advice);
  }
}

function nameList(names: readonly string[]): string {
  const rest = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : "";
  return (
    names
      .slice(0, MAX_NAMES)
      .map((name) => shorten(name, MAX_NAME_CHARS))
      .join(", ") + rest
  );
}

/** What needs no action: one line a finding. */
export function writeLists(page: Page, { fixed, waived, folded }: Sections): void {
  const lists = [
    ["Fixed by this change", fixed],
    ["Waived", waived],
    ["Covered by a finding above", folded],
  ] as const;
  for (const [title, findings] of lists) {
    if (findings.length === 0) continue;
    page.heading(`${title} (${findings.length})`);
    for (const finding of findings.slice(0, MAX_FINDINGS)) page.write(listLine(finding), { indent: 2, hang: 4 });
    const rest = findings.length - MAX_FINDINGS;
    if (rest > 0) page.write(`and ${rest} more; the JSON report lists them all`, { indent: 2 });
  }
}

function listLine(finding: ReportFinding): string {
  const { ruleId, waiver, subsumedBy } = finding;
  const by =
    waiver?.status === "active"
      ? ` (until ${waiver.expires ?? "further notice"}, ${waiver.owner}: ${waiver.reason})`
      : subsumedBy === null
        ? ""
        : ` (see ${subsumedBy})`;
  return `${ruleId} ${nameOf(finding)}${by}`;
}
