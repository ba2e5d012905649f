/** A stretch of a file, in UTF-16 code units from its start (a byte order mark counts as one). */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

/** The offset just behind `span`. */
export function endOf(span: Span): number {
  return span.offset + span.length;
}

/** The stretch from the start of `first` to the end of `last`. */
export function spanBetween(first: Span, last: Span): Span {
  return { offset: first.offset, length: endOf(last) - first.offset };
}
