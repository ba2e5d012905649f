const BYTE_ORDER_MARK = 0xfeff;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** A place in a file. Lines and columns are 1-based; columns count UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where each line of a file starts; built once, in one pass, so that any offset is placed by binary search. */
export class LineTable {
  readonly #starts: readonly number[];

  /** @param text the file; a leading byte order mark has no column of its own */
  constructor(text: string) {
    const starts = [text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0];
    for (let offset = 0; offset < text.length; offset += 1) {
      const code = text.charCodeAt(offset);
      if (code === LINE_FEED || (code === CARRIAGE_RETURN && text.charCodeAt(offset + 1) !== LINE_FEED)) {
        starts.push(offset + 1);
      }
    }
    this.#starts = starts;
  }

  /** The place of `offset`; an offset behind the end lies on the last line. */
  positionOf(offset: number): Position {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: Math.max(1, offset - (this.#starts[low] ?? 0) + 1) };
  }

  /** How many lines the file has; an empty file has one. */
  get lineCount(): number {
    return this.#starts.length;
  }
}
