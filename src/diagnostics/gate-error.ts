import { CATALOGUE, type ErrorCode, type ErrorKind } from "./catalogue.ts";

interface GateErrorOptions {
  readonly cause?: unknown;
  /** Further lines for the log: correlation ids, nested service errors. Never secrets. */
  readonly details?: readonly string[];
  /** The service's own error code (`ResourceGroupNotFound`, `AADSTS700213`), when a service refused. */
  readonly serviceCode?: string;
  /** Replaces the catalogue's hint where a more exact advice is possible. */
  readonly hint?: string;
}

/**
 * Every failure that a user may see. The code is stable and listed in `docs/errors.md`; the message says what happened with
 * concrete names, the hint what to do next.
 */
export class GateError extends Error {
  readonly code: ErrorCode;
  readonly details: readonly string[];
  readonly serviceCode: string | null;
  readonly hint: string;

  constructor(code: ErrorCode, message: string, options: GateErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "GateError";
    this.code = code;
    this.details = options.details ?? [];
    this.serviceCode = options.serviceCode ?? null;
    this.hint = options.hint ?? CATALOGUE[code].hint;
  }

  get kind(): ErrorKind {
    return CATALOGUE[this.code].kind;
  }
}

/** Whether `error` carries a code of the catalogue. Matches on the code, so it also holds across bundles. */
export function isGateError(error: unknown): error is GateError {
  return error instanceof Error && "code" in error && typeof error.code === "string" && error.code in CATALOGUE;
}
