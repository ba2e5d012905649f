import { wrap } from "../lib/wrap.ts";
import { terminal } from "./escape.ts";
import type { Paint, Style } from "./paint.ts";
import { cut } from "./shorten.ts";

interface Row {
  readonly label: string;
  readonly indent: number;
  /** Where the text starts, on every line. */
  readonly column: number;
  readonly labelStyle?: Style | undefined;
  readonly style?: Style | undefined;
}

interface Paragraph {
  readonly indent?: number;
  /** Further lines stand this much further in. */
  readonly hang?: number;
  readonly style?: Style;
}

/** Collects the lines of a page for a terminal: none is wider than `width`, and no text that is written acts on whatever reads the lines. */
export class Page {
  readonly lines: string[] = [];
  readonly width: number;
  readonly paint: Paint;

  constructor(width: number, paint: Paint) {
    this.width = Math.max(40, width);
    this.paint = paint;
  }

  blank(): void {
    this.lines.push("");
  }

  heading(text: string): void {
    this.blank();
    this.write(text, { style: "bold" });
  }

  write(text: string, { indent = 0, hang = 0, style }: Paragraph = {}): void {
    const [first = "", ...rest] = this.#wrapped(text, { room: this.width - indent, hang });
    const margin = " ".repeat(indent);
    const lines = [margin + first, ...rest.map((line) => margin + " ".repeat(hang) + line)];
    this.lines.push(...lines.map((line) => this.#painted(style, line)));
  }

  /** A text beside its label. */
  row(text: string, { label, indent, column, labelStyle, style }: Row): void {
    const [first = "", ...rest] = this.#wrapped(text, { room: this.width - column, hang: 0 });
    const head = this.#painted(labelStyle, terminal(label).padEnd(column - indent));
    this.lines.push(`${" ".repeat(indent)}${head}${this.#painted(style, first)}`);
    for (const line of rest) this.lines.push(this.#painted(style, " ".repeat(column) + line));
  }

  #wrapped(text: string, { room, hang }: { readonly room: number; readonly hang: number }): readonly string[] {
    return wrap(breakWords(terminal(text), room - hang), room, hang).map(disarm);
  }

  #painted(style: Style | undefined, text: string): string {
    return style === undefined ? text : this.paint(style, text);
  }

  /** The page as one text. */
  text(): string {
    return `${this.lines.join("\n")}\n`;
  }
}

/** A word that was broken may start its line with what the runner of GitHub reads as a command. */
function disarm(line: string): string {
  return line.replace(/^::/, ": :");
}

/** Puts a blank into words that no line can hold: after a slash where one is near, so that ids stay readable. */
function breakWords(text: string, width: number): string {
  if (text.length <= width) return text;
  return text
    .split(" ")
    .map((word) => pieces(word, width).join(" "))
    .join(" ");
}

function pieces(word: string, width: number): readonly string[] {
  const found: string[] = [];
  let rest = word;
  while (rest.length > width) {
    const piece = cut(rest, width - 1); // one less: a line may grow by one when it is disarmed
    const slash = piece.lastIndexOf("/") + 1;
    const kept = slash > width / 2 ? piece.slice(0, slash) : piece;
    found.push(kept);
    rest = rest.slice(kept.length);
  }
  return [...found, rest];
}
