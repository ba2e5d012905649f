import { plural } from "../lib/plural.ts";
import { wrap } from "../lib/wrap.ts";
import type { Severity } from "../rules/define-rule.ts";
import { displayValue } from "./display-value.ts";
import { terminal } from "./escape.ts";
import { caveats, changesLine, countsLine, frontEndLines, verdictWord } from "./headline.ts";
import { type Paint, plainPaint, type Style } from "./paint.ts";
import type { Report, ReportFinding, ReportTarget } from "./report.ts";
import { familyName, type OpenGroup, reasonText, type Sections, toSections } from "./sections.ts";

interface TextOptions {
  /** Characters a line; 80 where the terminal does not say. */
  readonly width?: number;
  readonly paint?: Paint;
}

/** Findings written out in each section before "and n more". */
const MAX_FINDINGS = 50;

/** Names listed before "and n more". */
const MAX_NAMES = 5;

/** The report for a terminal: verdict first, worst finding first, what to change under each. */
export function renderText(report: Report, { width = 80, paint = plainPaint }: TextOptions = {}): string {
  const page = new Page(width, paint);
  const sections = toSections(report);
  writeHeadline(page, report);
  writeFindings(page, "Blocking", sections.blocking);
  writeFindings(page, "New, not blocking", sections.advisory);
  writeOpen(page, sections.open);
  writeFindings(page, "Existing before this change", sections.existing);
  writeLists(page, sections);
  writeCoverage(page, report.targets);
  writeNotifications(page, report);
  return `${page.lines.join("\n")}\n`;
}

/** Collects lines of bounded width. */
class Page {
  readonly lines: string[] = [];
  readonly width: number;
  readonly paint: Paint;

  constructor(width: number, paint: Paint) {
    this.width = Math.max(40, width);
    this.paint = paint;
  }

  heading(text: string): void {
    this.lines.push("", this.paint("bold", text));
  }

  /** A paragraph, indented by `indent`; further lines hang by `hang` more. */
  write(text: string, { indent = 0, hang = 0, style }: { indent?: number; hang?: number; style?: Style } = {}): void {
    const blanks = " ".repeat(hang);
    const [first = "", ...rest] = wrap(terminal(text), this.width - indent, hang);
    const lines = [first, ...rest.map((line) => blanks + line)].map((line) => " ".repeat(indent) + line);
    this.lines.push(...lines.map((line) => (style === undefined ? line : this.paint(style, line))));
  }
}

const VERDICT_STYLE = {
  allow: "green",
  block: "red",
  undecided: "yellow",
  notJudged: "yellow",
} as const satisfies Record<Report["verdict"], Style>;
const SEVERITY_STYLE: Readonly<Record<Severity, Style>> = {
  critical: "magenta",
  high: "red",
  medium: "yellow",
  low: "cyan",
  info: "dim",
};

function writeHeadline(page: Page, report: Report): void {
  const verdict = page.paint(
    "bold",
    page.paint(VERDICT_STYLE[report.verdict], verdictWord(report.verdict).toUpperCase()),
  );
  page.lines.push(
    report.targets.every(({ status }) => status === "notJudged") ? verdict : `${verdict}  ${countsLine(report)}`,
  );
  for (const reason of report.reasons) page.write(reason, { indent: 2, hang: 2 });
  for (const line of caveats(report)) page.write(line, { style: "yellow" });
  if (report.targets.some(({ status }) => status === "judged"))
    page.write(`Changes: ${changesLine(report)}`, { style: "dim" });
  for (const line of frontEndLines(report)) page.write(line, { style: "dim" });
  for (const target of report.targets) {
    if (target.error === null) continue;
    page.heading(`${terminal(target.name)} was not judged`);
    page.write(`${target.error.code}: ${target.error.message}`, { indent: 2, hang: 2 });
    for (const detail of target.error.details) page.write(`- ${detail}`, { indent: 4, hang: 2 });
    page.write(target.error.hint, { indent: 2, hang: 2, style: "cyan" });
  }
}

function writeFindings(page: Page, title: string, findings: readonly ReportFinding[]): void {
  if (findings.length === 0) return;
  page.heading(`${title} (${findings.length})`);
  for (const finding of findings.slice(0, MAX_FINDINGS)) writeFinding(page, finding);
  const rest = findings.length - MAX_FINDINGS;
  if (rest > 0) page.lines.push("", `  and ${rest} more; the JSON report lists them all`);
}

function writeFinding(page: Page, finding: ReportFinding): void {
  const severity = page.paint(SEVERITY_STYLE[finding.severity], finding.severity.padEnd(8));
  const mark = finding.regression ? page.paint("bold", "  was met before") : "";
  page.lines.push("", `  ${severity}  ${terminal(finding.ruleId)}${mark}`);
  page.write(finding.message, { indent: 12, hang: 2 });
  const rows = [
    ["resource", resourceText(finding)],
    ["property", finding.property === "" ? "" : `${finding.property} is ${displayValue(finding.actual, 60)}`],
    ["where", locationText(finding)],
    ["fix", fixText(finding)],
  ] as const;
  for (const [name, text] of rows) {
    if (text !== "")
      page.write(`${name.padEnd(9)} ${text}`, {
        indent: 12,
        hang: 10,
        ...(name === "fix" ? { style: "cyan" as const } : {}),
      });
  }
  if (finding.waiver !== null)
    page.write(`waiver    ${finding.waiver.status}: ${finding.waiver.reason} (${finding.waiver.owner})`, {
      indent: 12,
      hang: 10,
    });
}

function resourceText({ resource }: ReportFinding): string {
  return `${resource.type} ${resource.name ?? resource.address ?? "(name not known)"}`;
}

function locationText({ location }: ReportFinding): string {
  if (location.file === null) return "";
  return location.startLine === null
    ? location.file
    : `${location.file}:${location.startLine}:${location.startColumn ?? 1}`;
}

function fixText({ fix }: ReportFinding): string {
  if (fix === null) return "";
  const impact = fix.impact === "none" ? "" : ` (${fix.impact})`;
  const edits = fix.edits
    .map(({ path, value }) => `${path} = ${value === null ? "null" : displayValue(value, 60)}`)
    .join(", ");
  return `${fix.description}${impact}${edits === "" ? "" : `: ${edits}`}`;
}

function writeOpen(page: Page, groups: readonly OpenGroup[]): void {
  if (groups.length === 0) return;
  page.heading(`Open (${groups.reduce((sum, { findings }) => sum + findings.length, 0)})`);
  for (const { ruleIds, family, findings } of groups) {
    const [first] = findings;
    const names = nameList(findings.map(({ resource }) => resource.name ?? resource.type));
    const subject = family === null ? (first?.message ?? "") : `${familyName(family)} not in sight for ${names}`;
    const style = SEVERITY_STYLE[first?.severity ?? "info"];
    page.lines.push(
      "",
      `  ${page.paint(style, (first?.severity ?? "").padEnd(8))}  ${ruleIds.map(terminal).join(", ")}`,
    );
    page.write(subject, { indent: 12, hang: 2 });
    if (family === null && findings.length > 1)
      page.write(`likewise for ${nameList(findings.slice(1).map(({ resource }) => resource.name ?? resource.type))}`, {
        indent: 12,
        hang: 2,
      });
    page.write(`because ${[...new Set(findings.map(({ reason }) => reasonText(reason)))].join("; ")}`, {
      indent: 12,
      hang: 2,
      style: "dim",
    });
  }
}

function nameList(names: readonly string[]): string {
  const unique = [...new Set(names)];
  const rest = unique.length > MAX_NAMES ? ` and ${unique.length - MAX_NAMES} more` : "";
  return unique.slice(0, MAX_NAMES).join(", ") + rest;
}

function writeLists(page: Page, { fixed, waived, folded }: Sections): void {
  const lists = [
    ["Fixed by this change", fixed],
    ["Waived", waived],
    ["Folded into a finding above", folded],
  ] as const;
  for (const [title, findings] of lists) {
    if (findings.length === 0) continue;
    page.heading(`${title} (${findings.length})`);
    for (const finding of findings) {
      const by =
        finding.waiver === null
          ? (finding.subsumedBy ?? "")
          : `until ${finding.waiver.expires ?? "further notice"}, ${finding.waiver.owner}`;
      page.write(`${finding.ruleId}  ${finding.resource.name ?? ""}${by === "" ? "" : `  (${by})`}`, {
        indent: 2,
        hang: 4,
      });
    }
  }
}

function writeCoverage(page: Page, targets: readonly ReportTarget[]): void {
  const missing = targets.flatMap(({ coverage }) => coverage.notAnalysed);
  const noise = targets.flatMap(({ changes }) => changes.flatMap((change) => change.noise)).length;
  if (missing.length > 0) {
    page.heading(`Not analysed (${missing.length})`);
    for (const { resource, reason } of missing.slice(0, 20))
      page.write(`${resource}: ${reason}`, { indent: 2, hang: 4 });
    if (missing.length > 20)
      page.write(`and ${missing.length - 20} more; the JSON report lists them all`, { indent: 2 });
  }
  if (noise > 0) {
    page.lines.push("");
    page.write(
      `${plural(noise, "difference")} of what-if ${noise === 1 ? "is" : "are"} known noise and not shown; the JSON report lists them.`,
      { style: "dim" },
    );
  }
}

function writeNotifications(page: Page, { notifications }: Report): void {
  if (notifications.length === 0) return;
  page.heading(`Notifications (${notifications.length})`);
  for (const { level, code, message } of notifications)
    page.write(`${level} ${code}: ${message}`, { indent: 2, hang: 4 });
}
