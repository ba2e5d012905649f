const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  magenta: [35, 39],
  cyan: [36, 39],
} as const;

/** A way to set text off on a terminal. */
export type Style = keyof typeof CODES;

/** Puts a text in a style, or leaves it plain. */
export type Paint = (style: Style, text: string) => string;

/** Styles by ANSI escape sequences. */
export const colourPaint: Paint = (style, text) => `\u001B[${CODES[style][0]}m${text}\u001B[${CODES[style][1]}m`;

/** No styles. */
export const plainPaint: Paint = (_, text) => text;
