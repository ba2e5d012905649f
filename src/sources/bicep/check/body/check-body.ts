import type { DeclarationBody } from "../../syntax/ast.ts";
import type { ObjectType } from "../../types/type.ts";
import type { FileContext } from "../context.ts";
import { checkValue } from "../narrow/narrow.ts";

interface Body {
  readonly body: Exclude<DeclarationBody, { kind: "skipped" }>;
  readonly target: ObjectType;
}

/** Checks the body of a resource or module, or of each turn of a loop, against what may stand in it. */
export function checkBody(context: FileContext, { body, target }: Body): void {
  if (body.kind !== "for") {
    checkValue(context, body, target);
    return;
  }
  const inner = body.body;
  if (inner.kind === "object" || inner.kind === "if") checkBody(context, { body: inner, target });
}
