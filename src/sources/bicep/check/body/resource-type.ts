import type { ResourceDeclaration } from "../../syntax/ast.ts";
import { ANY, ERROR, arrayOf, type BicepType } from "../../types/type.ts";
import type { FileContext } from "../context.ts";
import { referenceOf } from "./resource-reference.ts";

/** The type of what the symbolic name of a resource stands for. */
export function typeOfResource(context: FileContext, declaration: ResourceDeclaration): BicepType {
  const type = typeOfOne(context, declaration);
  return declaration.value.kind === "for" && type.kind !== "error" ? arrayOf(type) : type;
}

function typeOfOne(context: FileContext, declaration: ResourceDeclaration): BicepType {
  const reference = referenceOf(context, declaration);
  if (reference.kind === "faulty") return ERROR;
  return reference.kind === "extension" ? ANY : { kind: "resource", type: reference.type, declaration };
}
