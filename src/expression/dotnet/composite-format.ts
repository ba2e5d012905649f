import type { SizeGuard } from "./number-format.ts";

/** Thrown for a composite format that .NET refuses; the message is .NET's. */
export class CompositeFormatError extends Error {}

/** A stretch of text, or the place of an argument. */
export type FormatPiece =
  | { readonly kind: "text"; readonly text: string }
  | {
      readonly kind: "item";
      readonly index: number;
      readonly width: number;
      readonly leftAligned: boolean;
      readonly format: string;
    };

const INDEX_LIMIT = 1_000_000;
const OUT_OF_RANGE =
  "Index (zero based) must be greater than or equal to zero and less than the size of the argument list.";

/**
 * The pieces of a composite format such as `{0}-{1,5:N2}`, with `{{` and `}}` undone.
 *
 * @throws CompositeFormatError
 * @see https://learn.microsoft.com/dotnet/standard/base-types/composite-formatting
 */
export function parseComposite(format: string): readonly FormatPiece[] {
  return new CompositeParser(format).parse();
}

/**
 * Writes the pieces with `argument` giving the text of each item.
 *
 * @throws CompositeFormatError when an index has no argument
 */
export function writeComposite(
  pieces: readonly FormatPiece[],
  argument: (index: number, format: string) => string | undefined,
  sizeGuard: SizeGuard,
): string {
  const written: string[] = [];
  for (const piece of pieces) {
    if (piece.kind === "text") {
      written.push(piece.text);
      continue;
    }
    const text = argument(piece.index, piece.format);
    if (text === undefined) throw new CompositeFormatError(OUT_OF_RANGE);
    sizeGuard(Math.max(text.length, piece.width));
    written.push(piece.leftAligned ? text.padEnd(piece.width) : text.padStart(piece.width));
  }
  return written.join("");
}

class CompositeParser {
  readonly #format: string;
  #at = 0;

  constructor(format: string) {
    this.#format = format;
  }

  parse(): readonly FormatPiece[] {
    const pieces: FormatPiece[] = [];
    let text = "";
    while (this.#at < this.#format.length) {
      const character = this.#take();
      if (character !== "{" && character !== "}") {
        text += character;
      } else if (this.#peek() === character) {
        text += this.#take();
      } else if (character === "}") {
        throw this.#failure("Format item ends prematurely.");
      } else {
        if (text !== "") pieces.push({ kind: "text", text });
        text = "";
        pieces.push(this.#item());
      }
    }
    if (text !== "") pieces.push({ kind: "text", text });
    return pieces;
  }

  #item(): FormatPiece {
    const index = this.#number();
    this.#spaces();
    let width = 0;
    let leftAligned = false;
    if (this.#peek() === ",") {
      this.#at += 1;
      this.#spaces();
      leftAligned = this.#peek() === "-";
      if (leftAligned) this.#at += 1;
      width = this.#number();
      this.#spaces();
    }
    const format = this.#peek() === ":" ? this.#itemFormat() : "";
    if (this.#peek() !== "}") throw this.#failure("Format item ends prematurely.");
    this.#at += 1;
    return { kind: "item", index, width, leftAligned, format };
  }

  #number(): number {
    if (!isDigit(this.#peek())) throw this.#failure("Expected an ASCII digit.");
    let value = 0;
    while (isDigit(this.#peek()) && value < INDEX_LIMIT) value = value * 10 + Number(this.#take());
    if (value >= INDEX_LIMIT) throw new CompositeFormatError(OUT_OF_RANGE);
    return value;
  }

  #itemFormat(): string {
    const start = this.#at + 1;
    while (this.#at < this.#format.length && this.#peek() !== "}") {
      if (this.#peek() === "{") throw this.#failure("Format item ends prematurely.");
      this.#at += 1;
    }
    return this.#format.slice(start, this.#at);
  }

  #spaces(): void {
    while (this.#peek() === " ") this.#at += 1;
  }

  #peek(): string {
    return this.#format.charAt(this.#at);
  }

  #take(): string {
    this.#at += 1;
    return this.#format.charAt(this.#at - 1);
  }

  #failure(fact: string): CompositeFormatError {
    return new CompositeFormatError(
      `Input string was not in a correct format. Failure to parse near offset ${this.#at}. ${fact}`,
    );
  }
}

function isDigit(character: string): boolean {
  return character >= "0" && character <= "9" && character.length === 1;
}
