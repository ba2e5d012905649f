import { plural } from "../lib/plural.ts";
import { displayValue } from "./display-value.ts";
import { codeSpan, markdown } from "./escape.ts";
import { type Detail, fit, type Space } from "./fit.ts";
import { caveats, changesLine, countsLine, frontEndLines, verdictWord } from "./headline.ts";
import { LIMITS } from "./limits.ts";
import { folded, restLine } from "./markdown-blocks.ts";
import { foldedFindings, openSection, writtenFindings } from "./markdown-findings.ts";
import type { Report, ReportChange } from "./report.ts";
import { toSections } from "./sections.ts";

/** Room in a GitHub comment, with a margin for what the reporter adds. */
const COMMENT: Space = {
  chars: LIMITS.githubCommentChars - LIMITS.commentMarginChars,
  bytes: LIMITS.githubCommentBytes - 4 * LIMITS.commentMarginChars,
};

const VERDICT_MARKS = { allow: "✅", block: "⛔", undecided: "❔", notJudged: "⚠️" } as const satisfies Record<
  Report["verdict"],
  string
>;

/** The report as the comment on a pull request: verdict first, worst finding first, details folded. */
export function renderMarkdown(report: Report, space: Space = COMMENT): string {
  return fit((detail) => compose(report, detail), space);
}

function compose(report: Report, detail: Detail): string {
  const sections = toSections(report);
  const parts = [
    `## ${VERDICT_MARKS[report.verdict]} Portcullis: ${verdictWord(report.verdict)}`,
    ...report.reasons.map((reason) => `**${markdown(reason)}**`),
    ...caveats(report).map((line) => `> ${markdown(line)}`),
    report.targets.every(({ status }) => status === "notJudged")
      ? ""
      : `${countsLine(report)} · ${changesLine(report)}`,
    ...report.targets.flatMap(refusal),
    writtenFindings("Blocking", sections.blocking, detail),
    writtenFindings("New, not blocking", sections.advisory, detail),
    openSection(sections.open, detail),
    foldedFindings("Existing before this change", sections.existing, detail),
    foldedFindings("Fixed by this change", sections.fixed, detail),
    foldedFindings("Waived", sections.waived, detail),
    foldedFindings("Said better by another finding", sections.folded, detail),
    changesSection(report, detail),
    coverageSection(report, detail),
    notificationsSection(report, detail),
    footer(report),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function refusal({ name, error }: Report["targets"][number]): readonly string[] {
  if (error === null) return [];
  const details = error.details.slice(0, 20).map((detail) => `- ${markdown(detail)}`);
  return [
    [
      `### ${codeSpan(name)} was not judged`,
      "",
      `${codeSpan(error.code)} ${markdown(error.message)}`,
      "",
      ...details,
      "",
      `**Next:** ${markdown(error.hint)}`,
    ].join("\n"),
  ];
}

function changesSection({ targets }: Report, { entries }: Detail): string {
  const changes = targets
    .flatMap((target) => target.changes)
    .filter(({ changeType }) => changeType !== "noChange" && changeType !== "ignore");
  if (changes.length === 0 || entries === 0) return "";
  const rows = changes
    .slice(0, entries)
    .map(
      (change) =>
        `| ${change.changeType}${change.potential ? " (maybe)" : ""} | ${codeSpan(change.type)} | ${codeSpan(change.name ?? change.address ?? "name not known")} | ${propertiesCell(change)} |`,
    );
  const noise = targets.flatMap((target) => target.changes.flatMap((change) => change.noise)).length;
  const hidden =
    noise === 0
      ? ""
      : `\n\n${plural(noise, "difference")} that what-if always reports ${noise === 1 ? "is" : "are"} left out; the JSON report lists them.`;
  const table = `| Change | Type | Name | Properties |\n| --- | --- | --- | --- |\n${rows.join("\n")}`;
  return folded(`Changes (${changes.length})`, table + restLine(changes.length, rows.length) + hidden);
}

/** Properties listed for each change before "and n more". */
const MAX_PROPERTIES = 8;

function propertiesCell({ properties }: ReportChange): string {
  const shown = properties.slice(0, MAX_PROPERTIES).map(({ path, change, before, after }) => {
    const from = change === "create" ? "" : codeSpan(displayValue(before, 40));
    const to = change === "delete" ? "removed" : codeSpan(displayValue(after, 40));
    return `${codeSpan(path)} ${from === "" ? "" : `${from} → `}${to}`;
  });
  const rest = properties.length > shown.length ? [`and ${properties.length - shown.length} more`] : [];
  return [...shown, ...rest].join("<br>");
}

function coverageSection({ targets }: Report, { entries }: Detail): string {
  const missing = targets.flatMap(({ coverage }) => coverage.notAnalysed);
  if (missing.length === 0) return "";
  const rows = missing.slice(0, entries).map(({ resource, reason }) => `- ${codeSpan(resource)}: ${markdown(reason)}`);
  return folded(`Not analysed (${missing.length})`, rows.join("\n") + restLine(missing.length, rows.length));
}

function notificationsSection({ notifications }: Report, { entries }: Detail): string {
  if (notifications.length === 0) return "";
  const rows = notifications
    .slice(0, entries)
    .map(({ level, code, message }) => `- ${level} ${codeSpan(code)}: ${markdown(message)}`);
  return folded(
    `Notifications (${notifications.length})`,
    rows.join("\n") + restLine(notifications.length, rows.length),
  );
}

function footer(report: Report): string {
  const { digest, policy, tool, targets } = report;
  const analysed = targets.reduce((sum, { coverage }) => sum + coverage.analysed, 0);
  const parts = [
    `profile ${markdown(policy.profile)}`,
    `fails on ${policy.failOn}`,
    plural(analysed, "resource") + " analysed",
    `digest ${codeSpan(digest.slice(0, 19))}`,
    ...frontEndLines(report).map((line) => markdown(line.slice(0, -1))),
    `portcullis ${tool.version}`,
  ];
  return `<sub>${parts.join(" · ")}</sub>`;
}
