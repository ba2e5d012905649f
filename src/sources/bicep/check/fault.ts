import type { SemanticCode } from "../messages.ts";
import type { Span } from "../syntax/span.ts";
import { ERROR, type BicepType } from "../types/type.ts";
import type { FileContext } from "./context.ts";

/** Reports a fault of an expression, which then has no type. */
export function fault(
  context: FileContext,
  [code, span]: readonly [SemanticCode, Span],
  ...details: string[]
): BicepType {
  context.carry(code, span, details);
  return ERROR;
}

/** Whether one of `types` is faulty, so that nothing more can be said. */
export function hasError(types: readonly BicepType[]): boolean {
  return types.some((type) => type.kind === "error");
}
