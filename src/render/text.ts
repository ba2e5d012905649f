import { plural } from "../lib/plural.ts";
import {
  blindNote,
  caveats,
  changesLine,
  countsLine,
  coverageLine,
  frontEndLines,
  reasonsToShow,
  verdictWord,
} from "./headline.ts";
import { Page } from "./page.ts";
import { type Paint, plainPaint, type Style } from "./paint.ts";
import type { Report, ReportTarget } from "./report.ts";
import { toSections } from "./sections.ts";
import { writeFindings, writeLists, writeOpen } from "./text-findings.ts";

interface TextOptions {
  /** Characters a line; 80 where the terminal does not say. */
  readonly width?: number;
  readonly paint?: Paint;
}

/** Entries of a list before "and n more". */
const MAX_ENTRIES = 20;

/** The report for a terminal: verdict first, worst finding first, what to change under each. */
export function renderText(report: Report, { width = 80, paint = plainPaint }: TextOptions = {}): string {
  const page = new Page(width, paint);
  const sections = toSections(report);
  writeHeadline(page, report);
  for (const target of report.targets) writeRefusal(page, target);
  const severalTargets = report.targets.length > 1;
  writeFindings(page, "Blocking", { findings: sections.blocking, severalTargets });
  writeFindings(page, "New, not blocking", { findings: sections.advisory, severalTargets });
  writeOpen(page, sections.open);
  writeFindings(page, "Existing before this change", { findings: sections.existing, severalTargets });
  writeLists(page, sections);
  writeCoverage(page, report.targets);
  writeNotifications(page, report);
  return page.text();
}

const VERDICT_STYLE = {
  allow: "green",
  block: "red",
  undecided: "yellow",
  notJudged: "yellow",
} as const satisfies Record<Report["verdict"], Style>;

function writeHeadline(page: Page, report: Report): void {
  const word = page.paint("bold", page.paint(VERDICT_STYLE[report.verdict], verdictWord(report.verdict).toUpperCase()));
  const isJudged = report.targets.some(({ status }) => status === "judged");
  const note = blindNote(report);
  page.lines.push(isJudged ? `${word}  ${countsLine(report)}${note === "" ? "" : ` (${note})`}` : word);
  writeList(
    page,
    reasonsToShow(report).map((reason) => () => page.write(reason, { indent: 2, hang: 2 })),
  );
  for (const line of caveats(report)) page.write(line, { style: "yellow" });
  const parts = [changesLine(report), coverageLine(report)].filter((part) => part !== "");
  if (isJudged)
    page.row(parts.join(", "), { label: "Changes:", indent: 0, column: 9, labelStyle: "dim", style: "dim" });
  for (const line of frontEndLines(report)) page.write(line, { style: "dim" });
}

function writeRefusal(page: Page, { name, error }: ReportTarget): void {
  if (error === null) return;
  page.heading(`${name} was not judged`);
  page.write(`${error.code}: ${error.message}`, { indent: 2, hang: 2 });
  writeList(
    page,
    error.details.map((detail) => () => page.write(`- ${detail}`, { indent: 4, hang: 2 })),
  );
  page.write(`Next: ${error.hint}`, { indent: 2, hang: 2, style: "cyan" });
}

/** What could not be looked into, under the reason why. */
function writeCoverage(page: Page, targets: readonly ReportTarget[]): void {
  const missing = targets.flatMap(({ coverage }) => coverage.notAnalysed);
  const noise = targets.flatMap(({ changes }) => changes.flatMap((change) => change.noise)).length;
  if (missing.length > 0) {
    page.heading(`Not analysed (${missing.length})`);
    let reason: string | null = null;
    for (const entry of missing.slice(0, MAX_ENTRIES)) {
      if (entry.reason !== reason) page.write(`${entry.reason}:`, { indent: 2, hang: 2 });
      page.write(entry.resource, { indent: 4, hang: 2 });
      ({ reason } = entry);
    }
    writeRest(page, missing.length);
  }
  if (noise > 0) {
    page.blank();
    page.write(
      `${plural(noise, "difference")} of what-if ${noise === 1 ? "is" : "are"} known noise and not shown; the JSON report lists them.`,
      { style: "dim" },
    );
  }
}

function writeNotifications(page: Page, { notifications }: Report): void {
  if (notifications.length === 0) return;
  page.heading(`Notifications (${notifications.length})`);
  writeList(
    page,
    notifications.map(
      ({ level, code, message }) =>
        () =>
          page.write(`${level} ${code}: ${message}`, { indent: 2, hang: 4 }),
    ),
  );
}

function writeList(page: Page, entries: readonly (() => void)[]): void {
  for (const write of entries.slice(0, MAX_ENTRIES)) write();
  writeRest(page, entries.length);
}

function writeRest(page: Page, total: number): void {
  if (total > MAX_ENTRIES) page.write(`and ${total - MAX_ENTRIES} more; the JSON report lists them all`, { indent: 2 });
}
