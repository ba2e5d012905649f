import type { ExpressionNode } from "../../../expression/ast.ts";
import type { InheritedSymbol } from "../binder/symbol.ts";
import type { Span } from "../syntax/span.ts";
import { Builder } from "./build.ts";

/** The variable that stands for all that a parameters file takes over; no author can give a variable this name. */
export const BASE_VARIABLE = "#base";

/** What a parameters file takes over from the one it extends. */
export function inheritedValue({ assigned, name }: InheritedSymbol, place: Span): ExpressionNode {
  const build = new Builder(place);
  if (assigned === "all") return build.call("variables", build.text(BASE_VARIABLE));
  return build.call(assigned === "variable" ? "variables" : "parameters", build.text(name));
}
