import { shorten } from "./shorten.ts";
import { LIMITS } from "./limits.ts";

/**
 * One function for each place that text from outside reaches. The result has a type of its own, so a renderer cannot pass raw text, or
 * text escaped for another place, by mistake.
 */
declare const sink: unique symbol;

/** Text that is safe in one kind of place. */
type Escaped<Sink extends string> = string & { readonly [sink]: Sink };

export type MarkdownText = Escaped<"markdown">;
export type CodeSpan = Escaped<"code-span">;
export type CodeBlock = Escaped<"code-block">;
export type HtmlText = Escaped<"html">;
export type XmlText = Escaped<"xml">;
export type SarifText = Escaped<"sarif">;
export type TerminalText = Escaped<"terminal">;
export type WorkflowData = Escaped<"workflow-data">;
export type WorkflowProperty = Escaped<"workflow-property">;
export type VsoData = Escaped<"vso-data">;
export type VsoProperty = Escaped<"vso-property">;

function safe<Sink extends string>(text: string): Escaped<Sink> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the brand is what this module exists to give
  return text as Escaped<Sink>;
}

/**
 * One bounded line: control characters and line breaks as one blank, half characters as U+FFFD (no API takes them), and what reorders or hides
 * text (bidirectional controls, zero-width characters, fillers) shown as its code.
 */
export function plainLine(text: string): string {
  return visible(
    shorten(text, LIMITS.shownTextChars)
      // oxlint-disable-next-line no-control-regex -- control characters are what is removed
      .replaceAll(/[\u0000-\u001F\u007F-\u009F\u2028\u2029]+/g, " ")
      .replaceAll(/\p{Surrogate}/gu, "\uFFFD"),
  );
}

/** Text that may have several lines: its line breaks and tabs stay, and nothing else in it acts on whatever shows it. */
function plainLines(text: string): string {
  return visible(
    text
      // oxlint-disable-next-line no-control-regex -- control characters are what is removed
      .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u2028\u2029]+/g, " ")
      .replaceAll(/\p{Surrogate}/gu, "\uFFFD"),
  );
}

/** Characters that nobody sees, as their code. */
function visible(text: string): string {
  return text.replaceAll(
    /[\p{Format}\u115F\u1160\u3164\uFFA0]/gu,
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
  const line = plainLine(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/[\\`*{}[\]|~$]/g, String.raw`\$&`)
    .replaceAll(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, String.raw`\_`)
    .replaceAll(/[@#!](?=\w)|:(?=\/\/)|\bGH-(?=\d)/gi, `$&${BREAK}`)
    .replaceAll(/\bwww\./gi, (match) => `${match.slice(0, 3)}${BREAK}.`);
  return safe(line.replace(/^(?<mark>[#+=-]|\d+(?=[.)]))/, markLiteral));
}

/** What would start a heading, a list or a rule at the beginning of a line. */
function markLiteral(mark: string): string {
  return /^\d/.test(mark) ? `${mark}\\` : `\\${mark}`;
}

/** A Markdown code span, safe within a table cell as well. */
export function codeSpan(text: string): CodeSpan {
  const line = plainLine(text);
  const longest = (line.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0);
  const fence = "`".repeat(longest + 1);
  const padding = line === "" || line.startsWith("`") || line.endsWith("`") ? " " : "";
  return safe(`${fence}${padding}${line.replaceAll("|", String.raw`\|`)}${padding}${fence}`);
}

/** Characters of a code block before it is cut. */
const MAX_BLOCK_CHARS = 4_000;

/** Lines of source text as they are, to be copied, in a Markdown code block. No text can end it: its fence is longer than any in the text. */
export function codeBlock(text: string): CodeBlock {
  const lines = plainLines(shorten(text, MAX_BLOCK_CHARS).replaceAll(/\r\n?/g, "\n"));
  const longest = (lines.match(/`{3,}/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
  const fence = "`".repeat(longest + 1);
  return safe(`${fence}\n${lines}\n${fence}`);
}

/** Text or an attribute value of HTML. */
export function html(text: string): HtmlText {
  return safe(plainLine(text).replaceAll(/[&<>"'`]/g, (char) => `&#${char.charCodeAt(0)};`));
}

/** Text or an attribute value of XML 1.0, whose documents cannot hold most control characters at all. */
export function xml(text: string): XmlText {
  const allowed = shorten(text, LIMITS.shownTextChars).replaceAll(
    /[^\t\n\r\u0020-\u007E\u00A0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu,
    "\uFFFD",
  );
  return safe(visible(allowed).replaceAll(/[&<>"'\t\n\r]/g, (char) => `&#${char.charCodeAt(0)};`));
}

/**
 * Text on one line of a terminal: nothing in it can move the cursor, change colours or start a command of a log reader. GitHub's runner reads
 * `::` at the start of a line, blanks aside, and `##[` anywhere; Azure's agent reads `##vso[` anywhere.
 *
 * @see https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function terminal(text: string): TerminalText {
  return safe(
    plainLine(text)
      .replaceAll(/##(?=vso\[|\[)/gi, "# #")
      .replaceAll(/(?<!\S)::/g, ": :"),
  );
}

/**
 * Plain text of a SARIF log, where `[text](place)` would be a link.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html#_Toc34317467
 */
export function sarifText(text: string): SarifText {
  return safe(plainLine(text).replaceAll("](", "] ("));
}

/**
 * The message of a GitHub workflow command.
 *
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function workflowData(text: string): WorkflowData {
  return safe(plainLines(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A"));
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
  return safe(plainLines(text).replaceAll("%", "%AZP25").replaceAll("\r", "%0D").replaceAll("\n", "%0A"));
}

/** A property of an Azure Pipelines logging command. */
export function vsoProperty(text: string): VsoProperty {
  return safe(vsoData(text).replaceAll("]", "%5D").replaceAll(";", "%3B"));
}
