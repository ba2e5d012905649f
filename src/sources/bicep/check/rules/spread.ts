import { objectOfBody } from "../../binder/collect.ts";
import type { SyntaxNode } from "../../syntax/ast.ts";
import type { FileContext } from "../context.ts";
import { memberNamed } from "../members.ts";

/** Reports a spread operator in a body that must be written out, or beside a loop. */
export function checkSpread(context: FileContext, node: SyntaxNode): void {
  if (node.kind === "resource" || node.kind === "module") {
    const body = objectOfBody(node.value);
    if (body !== undefined) reportSpreads(context, body);
    const params = node.kind === "module" && body !== undefined ? memberNamed(body, "params")?.value : undefined;
    if (params !== undefined) reportSpreads(context, params);
  }
  if (node.kind !== "object" || !node.members.some(({ value, kind }) => kind === "member" && value.kind === "for"))
    return;
  for (const member of node.members) if (member.kind === "spread") context.report("BCP417", member);
}

function reportSpreads(context: FileContext, node: SyntaxNode): void {
  if (node.kind !== "object") return;
  for (const member of node.members) if (member.kind === "spread") context.report("BCP401", member);
}
