import type { Span } from "./syntax/span.ts";

/**
 * One reason why a file is refused. `code` is Microsoft's where its compiler has one for the fault, so that documentation and
 * search engines find it.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/bicep/diagnostics/bicep-core-diagnostics
 */
export interface Diagnostic extends Span {
  readonly code: string;
  readonly message: string;
}

/** A diagnostic of one of several files. */
export interface FileDiagnostic extends Diagnostic {
  /** Path as the caller names it: relative to the root, with `/`. */
  readonly file: string;
}

/** Orders by place; equal places keep their order. */
export function byPlace(left: Diagnostic, right: Diagnostic): number {
  return left.offset - right.offset;
}
