import type { ArmValue } from "./arm-value.ts";
import type { ExpressionError } from "./failure.ts";

/** What an evaluation ends with: a value, which may be unknown or hold unknown parts, or the reason why ARM would refuse. */
export type Evaluation =
  | { readonly ok: true; readonly value: ArmValue }
  | { readonly ok: false; readonly error: ExpressionError };
