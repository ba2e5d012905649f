import type { ExpressionNode } from "../../../expression/ast.ts";
import type { Span } from "../syntax/span.ts";
import { Builder } from "./build.ts";
import type { Lowerer } from "./lowerer.ts";
import type { ModuleInfo } from "./unit.ts";

const MAX_DEPLOYMENT_NAME = 64;
const HASH_LENGTH = 13;
/** How many digits the index of a loop can have. */
const INDEX_LENGTH = 3;

/** The name of the deployment that a module becomes: the one that is written, or the one that the compiler makes up. */
export function moduleName(
  lowerer: Lowerer,
  { symbol, loop, name }: ModuleInfo,
  use: { readonly index: ExpressionNode | undefined; readonly place: Span },
): ExpressionNode {
  if (name !== undefined) return lowerer.expression(name);
  const build = new Builder(use.place);
  const deployment = build.member(build.call("deployment"), "name");
  const hash = build.call("uniqueString", build.text(symbol.name), deployment);
  const reserved = HASH_LENGTH + 1 + (loop === undefined ? 0 : INDEX_LENGTH + 1);
  const prefix = symbol.name.slice(0, MAX_DEPLOYMENT_NAME - reserved);
  if (loop === undefined) return build.call("format", build.text(`${prefix}-{0}`), hash);
  return build.call("format", build.text(`${prefix}-{0}-{1}`), use.index ?? build.call("copyIndex"), hash);
}
