import { plural } from "../lib/plural.ts";
import type { ChangeType } from "../plan/change-type.ts";
import { displayValue } from "./display-value.ts";
import { codeSpan } from "./escape.ts";
import type { Detail } from "./fit.ts";
import { folded, restLine } from "./markdown-blocks.ts";
import type { Report, ReportChange } from "./report.ts";
import { shorten } from "./shorten.ts";

/** Change types that a reader looks for, the gravest first. */
const LISTED = ["delete", "modify", "create", "deploy", "unsupported"] as const satisfies ChangeType[];

/** Properties listed for each change before "and n more". */
const MAX_PROPERTIES = 8;

/** Characters of a name in the table. */
const MAX_NAME_CHARS = 200;

/** What the deployment would do, folded: deletions first, noise only counted. */
export function changesSection({ targets }: Report, { entries }: Detail): string {
  const all = targets.flatMap((target) => target.changes);
  const changes = LISTED.flatMap((type) => all.filter(({ changeType }) => changeType === type));
  if (changes.length === 0 || entries === 0) return "";
  const rows = changes.slice(0, entries).map(row);
  const noise = all.reduce((sum, change) => sum + change.noise.length, 0);
  const hidden =
    noise === 0
      ? ""
      : `\n\n${plural(noise, "difference")} that what-if always reports ${noise === 1 ? "is" : "are"} left out; the JSON report lists them.`;
  const table = `| Change | Type | Name | Properties |\n| --- | --- | --- | --- |\n${rows.join("\n")}`;
  return folded(`Changes (${changes.length})`, table + restLine(changes.length, rows.length) + hidden);
}

function row(change: ReportChange): string {
  const { changeType, potential, type, name, address } = change;
  const verb = changeType === "delete" ? "**delete**" : changeType;
  const label = shorten(name ?? address ?? "name not known", MAX_NAME_CHARS);
  return `| ${verb}${potential ? " (maybe)" : ""} | ${codeSpan(shorten(type, MAX_NAME_CHARS))} | ${codeSpan(label)} | ${propertiesCell(change)} |`;
}

function propertiesCell({ properties }: ReportChange): string {
  const shown = properties.slice(0, MAX_PROPERTIES).map(({ path, change, before, after }) => {
    const from = change === "create" ? "" : `${codeSpan(displayValue(before, 40))} → `;
    const to = change === "delete" ? "removed" : codeSpan(displayValue(after, 40));
    return `${codeSpan(shorten(path, MAX_NAME_CHARS))} ${from}${to}`;
  });
  const rest = properties.length > shown.length ? [`and ${properties.length - shown.length} more`] : [];
  return [...shown, ...rest].join("<br>");
}
