/**
 * One function for each place that text from outside reaches. The result has a type of its own, so a renderer cannot pass raw text, or
 * text escaped for another place, by mistake.
 */
declare const sink: unique symbol;

/** Text that is safe in one kind of place. */
type Escaped<Sink extends string> = string & { readonly [sink]: Sink };

export type MarkdownText = Escaped<"markdown">;
export type CodeSpan = Escaped<"code-span">;
export type HtmlText = Escaped<"html">;
export type XmlText = Escaped<"xml">;
export type TerminalText = Escaped<"terminal">;
export type WorkflowData = Escaped<"workflow-data">;
export type WorkflowProperty = Escaped<"workflow-property">;
export type VsoData = Escaped<"vso-data">;
export type VsoProperty = Escaped<"vso-property">;

function safe<Sink extends string>(text: string): Escaped<Sink> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the brand is what this module exists to give
  return text as Escaped<Sink>;
}

/** Control characters and line breaks as one blank, so that text stays on its line. */
function oneLine(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is removed
  return text.replaceAll(/[\u0000-\u001F\u007F-\u009F\u2028\u2029]+/g, " ");
}

/** Characters that reorder or hide text (bidirectional controls, zero-width characters): shown as their code. */
function visible(text: string): string {
  return text.replaceAll(
    /[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g,
    (char) => `⟨U+${char.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0") ?? ""}⟩`,
  );
}

/** Breaks what GitHub and Azure DevOps link by themselves: mentions, issue numbers, addresses. Invisible, and a backslash would not do. */
const BREAK = "\u200B";

/**
 * Plain text within a Markdown line or table cell: no markup, mention, reference, link, heading, list or table cell comes of it.
 *
 * @see https://github.github.com/gfm/
 */
export function markdown(text: string): MarkdownText {
  const line = visible(oneLine(text))
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/[\\`*{}[\]|~$]/g, String.raw`\$&`)
    .replaceAll(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, String.raw`\_`)
    .replaceAll(/[@#](?=\w)|:(?=\/\/)/g, `$&${BREAK}`)
    .replaceAll(/\bwww\./gi, (match) => `${match.slice(0, 3)}${BREAK}.`);
  return safe(line.replace(/^(?<mark>[#+=-]|\d+(?=[.)]))/, markLiteral));
}

/** What would start a heading, a list or a rule at the beginning of a line. */
function markLiteral(mark: string): string {
  return /^\d/.test(mark) ? `${mark}\\` : `\\${mark}`;
}

/** A Markdown code span, safe within a table cell as well. */
export function codeSpan(text: string): CodeSpan {
  const line = visible(oneLine(text));
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const padding = line === "" || line.startsWith("`") || line.endsWith("`") ? " " : "";
  return safe(`${fence}${padding}${line.replaceAll("|", String.raw`\|`)}${padding}${fence}`);
}

/** Text or an attribute value of HTML. */
export function html(text: string): HtmlText {
  return safe(visible(oneLine(text)).replaceAll(/[&<>"'`]/g, (char) => `&#${char.charCodeAt(0)};`));
}

/** Text or an attribute value of XML 1.0, whose documents cannot hold most control characters at all. */
export function xml(text: string): XmlText {
  const allowed = text.replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD");
  return safe(allowed.replaceAll(/[&<>"'\t\n\r]/g, (char) => `&#${char.charCodeAt(0)};`));
}

/** Text on one line of a terminal: nothing in it can move the cursor, change colours or start a command of a log reader. */
export function terminal(text: string): TerminalText {
  return safe(
    visible(oneLine(text))
      .replaceAll(/##(?=vso\[|\[)/g, "# #")
      .replace(/^::/, " ::"),
  );
}

/**
 * The message of a GitHub workflow command.
 *
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function workflowData(text: string): WorkflowData {
  return safe(visible(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A"));
}

/** A property of a GitHub workflow command. */
export function workflowProperty(text: string): WorkflowProperty {
  return safe(workflowData(text).replaceAll(":", "%3A").replaceAll(",", "%2C"));
}

/**
 * The message of an Azure Pipelines logging command.
 *
 * @see https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
 */
export function vsoData(text: string): VsoData {
  return safe(visible(text).replaceAll("%", "%AZP25").replaceAll("\r", "%0D").replaceAll("\n", "%0A"));
}

/** A property of an Azure Pipelines logging command. */
export function vsoProperty(text: string): VsoProperty {
  return safe(vsoData(text).replaceAll("]", "%5D").replaceAll(";", "%3B"));
}
