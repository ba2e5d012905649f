import type { DecoratorTarget } from "../functions/decorators.ts";
import type { SemanticCode } from "../messages.ts";
import type { MissingDeclaration } from "../syntax/ast.ts";
import type { FileContext } from "./context.ts";

/** What is expected behind a decorator that is for these targets alone. */
const EXPECTED: readonly (readonly [SemanticCode, readonly DecoratorTarget[]])[] = [
  ["BCP267", ["metadata"]],
  ["BCP147", ["parameter"]],
  ["BCP292", ["output", "parameter", "type"]],
  ["BCP290", ["parameter", "type"]],
  ["BCP148", ["variable"]],
  ["BCP149", ["resource"]],
  ["BCP150", ["module"]],
  ["BCP151", ["output"]],
  ["BCP153", ["module", "resource"]],
];

/** Reports decorators with nothing behind them, unless the parser did. */
export function checkMissing(context: FileContext, { decorators, offset, length }: MissingDeclaration): void {
  const last = decorators.at(-1);
  const isReported = context.file.tree.diagnostics.some((fault) => {
    return fault.offset >= offset && fault.offset <= offset + length;
  });
  if (last === undefined || isReported) return;
  const { expression } = last;
  const name = expression.kind === "call" || expression.kind === "instanceCall" ? expression.name.name : "";
  const targets = context.namespaces.decorators.get(name)?.targets ?? new Set<DecoratorTarget>();
  const expected = EXPECTED.find(([, only]) => only.length === targets.size && only.every((each) => targets.has(each)));
  context.report(expected?.[0] ?? "BCP132", last);
}
