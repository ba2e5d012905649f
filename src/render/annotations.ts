import { plural } from "../lib/plural.ts";
import { sentences } from "../lib/sentences.ts";
import { plainLine, workflowData, workflowProperty } from "./escape.ts";
import { LIMITS } from "./limits.ts";
import type { Report, ReportFinding } from "./report.ts";
import { toSections } from "./sections.ts";
import { shorten } from "./shorten.ts";

/** Characters of a file's name in a title. */
const MAX_TITLE_CHARS = 200;

/** One annotation of a step. Its texts are one bounded line each: a platform prints them in its log. */
export interface Annotation {
  readonly level: "error" | "warning" | "notice";
  readonly title: string;
  readonly message: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
}

/**
 * What the step should point at: blocking findings as errors, other new ones as warnings, the worst first. A platform shows only the first
 * ten of each level, so when there are more the last place says how many are left out.
 */
export function toAnnotations(report: Report): readonly Annotation[] {
  const { blocking, advisory } = toSections(report);
  const refusals = report.targets.flatMap(({ name, error }) =>
    error === null
      ? []
      : [
          bare(
            "error",
            `${shorten(name, MAX_TITLE_CHARS)} was not judged`,
            factAndAdvice(`${error.code}: ${error.message}`, error.hint),
          ),
        ],
  );
  const errors = [...refusals, ...blocking.map((finding) => toAnnotation("error", finding))];
  return [
    ...bounded("error", errors),
    ...bounded(
      "warning",
      advisory.map((finding) => toAnnotation("warning", finding)),
    ),
  ];
}

/** The annotations as GitHub workflow commands, one a line. */
export function renderAnnotations(report: Report): string {
  return toAnnotations(report)
    .map((annotation) => `${workflowCommand(annotation)}\n`)
    .join("");
}

function workflowCommand({ level, title, message, file, line, column }: Annotation): string {
  const properties = [
    ["title", title],
    ["file", file],
    ["line", line],
    ["col", column],
  ] as const;
  const given = properties.flatMap(([name, value]) =>
    value === null ? [] : [`${name}=${workflowProperty(String(value))}`],
  );
  return `::${level} ${given.join(",")}::${workflowData(message)}`;
}

function toAnnotation(level: Annotation["level"], finding: ReportFinding): Annotation {
  const { location, fix } = finding;
  return {
    level,
    title: plainLine(`${finding.severity}: ${finding.ruleId}`),
    message: fix === null ? plainLine(finding.message) : factAndAdvice(finding.message, fix.description),
    file: location.file === null ? null : plainLine(location.file),
    line: location.startLine,
    column: location.startColumn,
  };
}

function bare(level: Annotation["level"], title: string, message: string): Annotation {
  return { level, title: plainLine(title), message: plainLine(message), file: null, line: null, column: null };
}

/** A fact and what to do about it, each bounded by itself so that a long fact does not hide the advice. */
function factAndAdvice(fact: string, advice: string): string {
  return sentences(plainLine(fact), plainLine(advice));
}

function bounded(level: Annotation["level"], annotations: readonly Annotation[]): readonly Annotation[] {
  if (annotations.length <= LIMITS.annotationsPerStep) return annotations;
  const shown = annotations.slice(0, LIMITS.annotationsPerStep - 1);
  const rest = plural(annotations.length - shown.length, "more finding");
  return [...shown, bare(level, `and ${rest}`, "The report of this step lists them all.")];
}
