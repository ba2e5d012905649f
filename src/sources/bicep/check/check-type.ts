import type { ObjectTypeAdditional, ObjectTypeProperty, TupleItem, TypeExpression } from "../syntax/ast.ts";
import type { FileContext } from "./context.ts";
import { checkDecorators } from "./decorators.ts";
import { modify } from "./declare/modify.ts";

/** Works out a type expression with all its parts, so that what is wrong with any of them is reported. */
export function checkType(context: FileContext, node: TypeExpression): void {
  context.declaredType(node);
  switch (node.kind) {
    case "arrayType":
      checkType(context, node.item);
      break;
    case "tupleType":
      for (const item of node.items) checkDecorated(context, item);
      break;
    case "objectType":
      for (const member of node.members) checkDecorated(context, member);
      break;
    case "unionType":
      for (const member of node.members) if (member.kind !== "null") checkType(context, member);
      break;
    case "nullableType":
    case "nonNullableType":
      checkType(context, node.type);
      break;
    case "parenthesizedType":
      checkType(context, node.inner);
      break;
    default:
      checkWholeResource(context, node);
  }
}

type DecoratedType = ObjectTypeAdditional | ObjectTypeProperty | TupleItem;

function checkDecorated(context: FileContext, node: DecoratedType): void {
  checkType(context, node.type);
  const type = modify(context, context.declaredType(node.type), node);
  checkDecorators(context, node, { type, typeNode: node.type });
}

/** The type of a whole resource is no type of its own: only its properties are. */
function checkWholeResource(context: FileContext, node: TypeExpression): void {
  if (node.kind !== "typeInstantiation" || context.declaredType(node).kind !== "any") return;
  let parent = context.bindings.parents.get(node);
  while (parent !== undefined && ["parenthesizedType", "nullableType", "nonNullableType"].includes(parent.kind)) {
    parent = context.bindings.parents.get(parent);
  }
  const isAccessed =
    parent !== undefined && ["typeProperty", "typeIndex", "typeItems", "typeAdditional"].includes(parent.kind);
  if (!isAccessed) context.report("BCP394", node);
}
