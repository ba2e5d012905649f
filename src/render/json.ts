import type { Report } from "./report.ts";

/** The report as JSON: two blanks a level, one line feed at the end. The same report gives the same bytes. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
