import type { Diagnostic } from "../diagnostic.ts";
import type { Span } from "./span.ts";

/** Operators and punctuation stand for themselves; `<`, `*` and `?` serve expressions and types alike. */
export type Punctuation =
  | "{"
  | "}"
  | "("
  | ")"
  | "["
  | "]"
  | "@"
  | ","
  | "."
  | "..."
  | "?"
  | "??"
  | ":"
  | "::"
  | ";"
  | "+"
  | "-"
  | "*"
  | "/"
  | "%"
  | "!"
  | "!="
  | "!~"
  | "<"
  | "<="
  | ">"
  | ">="
  | "="
  | "=="
  | "=~"
  | "=>"
  | "&&"
  | "||"
  | "|"
  | "^";

/**
 * What a token is. An interpolated string is one `stringLeft`, any number of `stringMiddle` and one `stringRight` with the
 * tokens of its holes between them, whether it is written on one line or on several.
 */
export type TokenType =
  | Punctuation
  | "newLine"
  | "endOfFile"
  | "identifier"
  | "integer"
  | "true"
  | "false"
  | "null"
  | "stringComplete"
  | "stringLeft"
  | "stringMiddle"
  | "stringRight"
  | "unrecognized";

/**
 * One token with everything that was written before it. `leading` is white space, comments and directives since the end of the
 * token before; the tokens of a file, each printed as `leading + text`, are the file.
 */
export interface Token extends Span {
  readonly kind: "token";
  readonly type: TokenType;
  readonly text: string;
  readonly leading: string;
  /**
   * Of a string token: its value, or `undefined` when it is malformed (not terminated, or with an unknown escape). Other
   * tokens have none.
   */
  readonly value?: string | undefined;
}

/** A comment, without the line break that ends it. */
export interface Comment extends Span {
  readonly text: string;
}

/**
 * `#disable-next-line`, `#disable-diagnostics` or `#restore-diagnostics`. They silence warnings only; errors stand.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-config-linter
 */
export interface Directive extends Span {
  readonly name: "disable-next-line" | "disable-diagnostics" | "restore-diagnostics";
  readonly codes: readonly string[];
}

/** A file cut into tokens; the last is `endOfFile`. */
export interface LexedFile {
  readonly tokens: readonly Token[];
  readonly comments: readonly Comment[];
  readonly directives: readonly Directive[];
  readonly diagnostics: readonly Diagnostic[];
}
