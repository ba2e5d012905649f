import type { OutputRequest } from "../inputs/parse-arguments.ts";
import { assertNever } from "../lib/assert-never.ts";
import { sentences } from "../lib/sentences.ts";
import type { CommandOutput } from "../ports.ts";
import { renderAnnotations } from "../render/annotations.ts";
import { terminal } from "../render/escape.ts";
import { renderJson } from "../render/json.ts";
import { renderJunit } from "../render/junit.ts";
import { renderMarkdown } from "../render/markdown.ts";
import { colourPaint, plainPaint } from "../render/paint.ts";
import type { Report } from "../render/report.ts";
import { renderSarif } from "../render/sarif/sarif.ts";
import { renderText } from "../render/text.ts";

/** Writes the report in every format asked for. @throws GateError OUTPUT_NOT_WRITTEN when a file cannot be written */
export async function writeReport(
  report: Report,
  outputs: readonly OutputRequest[],
  output: CommandOutput,
): Promise<void> {
  for (const { format, file } of outputs) {
    if (file === null) output.print(render(report, format, output.terminal));
    else await output.writeFile(file, render(report, format, { width: 80, colour: false }));
  }
}

/** One line on standard error for each target that was not judged. */
export function noteErrors(report: Report, output: CommandOutput): void {
  for (const { error } of report.targets) {
    if (error !== null) output.note(terminal(sentences(`${error.code}: ${error.message}`, error.hint)));
  }
}

function render(report: Report, format: OutputRequest["format"], { width, colour }: CommandOutput["terminal"]): string {
  switch (format) {
    case "text":
      return renderText(report, { width, paint: colour ? colourPaint : plainPaint });
    case "json":
      return renderJson(report);
    case "markdown":
      return renderMarkdown(report);
    case "sarif":
      return renderSarif(report);
    case "junit":
      return renderJunit(report);
    case "github":
      return renderAnnotations(report);
    default:
      return assertNever(format);
  }
}
