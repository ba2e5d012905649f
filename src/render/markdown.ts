import { plural } from "../lib/plural.ts";
import { codeSpan, markdown } from "./escape.ts";
import { type Detail, fit, type Space } from "./fit.ts";
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
import { LIMITS } from "./limits.ts";
import { folded, restLine } from "./markdown-blocks.ts";
import { changesSection } from "./markdown-changes.ts";
import { foldedFindings, openSection, writtenFindings } from "./markdown-findings.ts";
import type { Report, ReportTarget } from "./report.ts";
import { type Sections, sizeOf, toSections } from "./sections.ts";
import { shorten } from "./shorten.ts";

/** Room in a GitHub comment, with a margin for what the reporter adds. */
const COMMENT: Space = {
  chars: LIMITS.githubCommentChars - LIMITS.commentMarginChars,
  bytes: LIMITS.githubCommentBytes - 4 * LIMITS.commentMarginChars,
};

/** More findings than these never fit one by one, wherever a comment goes. */
const MAX_WRITTEN_OUT = 4_000;

/** Lines about the verdict, refused targets and details of a refusal that are always shown; the others are counted. */
const MAX_HEAD_LINES = 5;

const VERDICT_MARKS = { allow: "✅", block: "⛔", undecided: "❔", notJudged: "⚠️" } as const satisfies Record<
  Report["verdict"],
  string
>;

/** The report as the comment on a pull request: verdict first, worst finding first, details folded. */
export function renderMarkdown(report: Report, space: Space = COMMENT): string {
  const sections = toSections(report);
  const isHuge = sizeOf(sections) > MAX_WRITTEN_OUT;
  return fit((detail) => (isHuge && detail.each === "finding" ? null : compose({ report, sections, detail })), space);
}

interface Composition {
  readonly report: Report;
  readonly sections: Sections;
  readonly detail: Detail;
}

function compose({ report, sections, detail }: Composition): string {
  const writing = { ...detail, severalTargets: report.targets.length > 1 };
  const parts = [
    ...headline(report, detail),
    ...refusals(report, detail),
    writtenFindings("Blocking", sections.blocking, writing),
    writtenFindings("New, not blocking", sections.advisory, writing),
    openSection(sections.open, detail),
    foldedFindings("Existing before this change", sections.existing, writing),
    foldedFindings("Fixed by this change", sections.fixed, writing),
    foldedFindings("Waived", sections.waived, writing),
    foldedFindings("Covered by another finding", sections.folded, writing),
    changesSection(report, detail),
    coverageSection(report, detail),
    notificationsSection(report, detail),
    footer(report),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function headline(report: Report, { entries }: Detail): readonly string[] {
  const note = blindNote(report);
  const facts = [countsLine(report), changesLine(report), coverageLine(report)].filter((fact) => fact !== "");
  const reasons = reasonsToShow(report);
  const shown = reasons.slice(0, Math.max(entries, MAX_HEAD_LINES));
  return [
    `## ${VERDICT_MARKS[report.verdict]} Portcullis: ${verdictWord(report.verdict)}${note === "" ? "" : ` (${note})`}`,
    ...shown.map((reason) => `**${markdown(reason)}**`),
    restLine(reasons.length, shown.length).trim(),
    ...caveats(report).map((line) => `> ${markdown(line)}`),
    report.targets.some(({ status }) => status === "judged")
      ? `${facts.join(" · ")}  \n${subjectLine(report.targets)}`
      : "",
  ];
}

/** What was judged, so that the comments of several jobs can be told apart. */
function subjectLine(targets: readonly ReportTarget[]): string {
  const judged = targets.filter(({ status }) => status === "judged");
  const shown = judged.slice(0, MAX_HEAD_LINES).map(({ name, scope }) => {
    const group = scope?.resourceGroup;
    return `${codeSpan(shorten(name, 200))}${group === undefined ? "" : ` for resource group ${codeSpan(shorten(group, 200))}`}`;
  });
  const rest = judged.length - shown.length;
  return `Judged ${shown.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

function refusals({ targets }: Report, { entries }: Detail): readonly string[] {
  const refused = targets.filter(({ error }) => error !== null);
  const shown = refused.slice(0, Math.max(entries, MAX_HEAD_LINES));
  return [...shown.map((target) => refusal(target, entries)), restLine(refused.length, shown.length).trim()];
}

function refusal({ name, error }: ReportTarget, entries: number): string {
  if (error === null) return "";
  const details = error.details.slice(0, Math.min(entries, 20));
  const parts = [
    `### ${codeSpan(name)} was not judged`,
    `${codeSpan(error.code)} ${markdown(error.message)}`,
    details.map((detail) => `- ${markdown(detail)}`).join("\n") + restLine(error.details.length, details.length),
    `**Next:** ${markdown(error.hint)}`,
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

/** What could not be looked into, under the reason why. */
function coverageSection({ targets }: Report, { entries }: Detail): string {
  const missing = targets.flatMap(({ coverage }) => coverage.notAnalysed);
  if (missing.length === 0) return "";
  if (entries === 0) return `**Not analysed**: ${missing.length}`;
  const rows = missing.slice(0, entries).map(({ resource, reason }) => `- ${codeSpan(resource)}: ${markdown(reason)}`);
  return folded(`Not analysed (${missing.length})`, rows.join("\n") + restLine(missing.length, rows.length));
}

/** Open where the tool has a warning about its own run, folded where it only notes something. */
function notificationsSection({ notifications }: Report, { entries }: Detail): string {
  if (notifications.length === 0) return "";
  const grave = notifications.filter(({ level }) => level !== "note");
  const notes = notifications.filter(({ level }) => level === "note");
  const counts = [
    grave.length === 0 ? "" : plural(grave.length, "warning"),
    notes.length === 0 ? "" : plural(notes.length, "note"),
  ];
  const title = `Notifications (${counts.filter((text) => text !== "").join(", ")})`;
  if (entries === 0) return `**${title}**`;
  const rows = [...grave, ...notes]
    .slice(0, entries)
    .map(({ level, code, message }) => `- ${level} ${codeSpan(code)}: ${markdown(message)}`);
  return folded(title, rows.join("\n") + restLine(notifications.length, rows.length), grave.length > 0);
}

function footer(report: Report): string {
  const { digest, policy, tool, targets } = report;
  const analysed = targets.reduce((sum, { coverage }) => sum + coverage.analysed, 0);
  const parts = [
    `profile ${markdown(policy.profile)}`,
    `fails on ${policy.failOn}`,
    `${plural(analysed, "resource")} analysed`,
    `digest ${codeSpan(digest.slice(0, 19))}`,
    ...frontEndLines(report).map((line) => markdown(line.slice(0, -1))),
    markdown(`portcullis ${tool.version}`),
  ];
  return `<sub>${parts.join(" · ")}</sub>`;
}
