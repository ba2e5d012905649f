import type { ExpressionNode } from "../../../expression/ast.ts";
import type { Span } from "../syntax/span.ts";
import type { Reference } from "../workspace/reference.ts";
import { Builder } from "./build.ts";

/**
 * Functions that no template has: they stand for what lowering cannot know, and evaluate to an unknown of the reason beside them.
 */
export const MARKERS = {
  /** With the name of the variable: one that may not be read. Reason `environment`. */
  environment: "readEnvironmentVariable",
  /** With the reference: a registry module or template spec that is not at hand. Reason `not-analysed`. */
  module: "unresolvedModule",
} as const;

/** Stands for what a module would hold that is not at hand. */
export function unresolvedModule(reference: Reference | undefined, place: Span): ExpressionNode {
  const build = new Builder(place);
  return build.reserved(MARKERS.module, build.text(reference?.kind === "external" ? reference.reference : ""));
}

/** Stands for the value of an environment variable that may not be read. */
export function withheldVariable(name: string, place: Span): ExpressionNode {
  const build = new Builder(place);
  return build.reserved(MARKERS.environment, build.text(name));
}
