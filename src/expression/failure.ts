import type { Span } from "./ast.ts";

/**
 * What kind of refusal an expression met.
 *
 * - `syntax`: the text is not an expression
 * - `function`: no such function
 * - `parameter`, `variable`, `lambda-variable`: no such name
 * - `arguments`: too few or too many of them
 * - `type`: an argument or condition of the wrong type
 * - `value`: an argument of the right type that the function does not accept
 * - `arithmetic`: overflow, division by zero
 * - `index`, `member`: an element or member that is not there
 * - `place`: a function where it is not allowed
 * - `cycle`: a parameter or variable that needs itself
 * - `scope`: a scope function that the deployment's level does not have
 * - `fail`: the template's own call of `fail()`
 */
export type ExpressionErrorCode =
  | "syntax"
  | "function"
  | "parameter"
  | "variable"
  | "lambda-variable"
  | "arguments"
  | "type"
  | "value"
  | "arithmetic"
  | "index"
  | "member"
  | "place"
  | "cycle"
  | "scope"
  | "fail";

/** Why ARM would refuse the expression, in ARM's own wording where it has one. Secrets never stand in the message. */
export interface ExpressionError {
  readonly code: ExpressionErrorCode;
  readonly message: string;
  /** Where in the text, brackets included; `null` when the fault lies in a definition that the text refers to. */
  readonly span: Span | null;
}

/** ARM's messages quote what they were given, which may be as long as a template. */
const MAX_MESSAGE_LENGTH = 2000;

function shortened(message: string): string {
  if (message.length <= MAX_MESSAGE_LENGTH) return message;
  return `${message.slice(0, MAX_MESSAGE_LENGTH).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** Carries an `ExpressionError` up to the evaluator's public functions, which return it. Never leaves this folder otherwise. */
export class ExpressionFailure extends Error {
  readonly code: ExpressionErrorCode;
  readonly span: Span | null;

  constructor(code: ExpressionErrorCode, message: string, span: Span | null = null) {
    super(message);
    this.name = "ExpressionFailure";
    this.code = code;
    this.span = span;
  }

  /** The same failure, located at `span` unless it already has a place. */
  at(span: Span | null): ExpressionFailure {
    return this.span === null && span !== null ? new ExpressionFailure(this.code, this.message, span) : this;
  }

  toError(): ExpressionError {
    return { code: this.code, message: shortened(this.message), span: this.span };
  }
}
