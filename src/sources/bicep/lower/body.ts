import type {
  DeclarationBody,
  Expression,
  ForExpression,
  IfCondition,
  ObjectLiteral,
  ObjectProperty,
} from "../syntax/ast.ts";

/** The body of a resource or module, taken apart. */
export interface Body {
  readonly loop: ForExpression | undefined;
  readonly condition: IfCondition | undefined;
  readonly object: ObjectLiteral | undefined;
}

/** Takes the loop and the condition off a body. */
export function openBody(value: DeclarationBody | ForExpression["body"]): Body {
  if (value.kind === "for") return { ...openBody(value.body), loop: value };
  if (value.kind === "if") {
    return { loop: undefined, condition: value, object: value.body.kind === "object" ? value.body : undefined };
  }
  return { loop: undefined, condition: undefined, object: value.kind === "object" ? value : undefined };
}

/** The name of a member as far as it is plain text. */
export function keyText({ key }: ObjectProperty): string | undefined {
  if (key.kind === "identifier") return key.name;
  return key.kind === "string" && key.holes.length === 0 ? key.segments[0] : undefined;
}

/** The plain members of an object, spreads left out. */
export function propertiesOf(object: ObjectLiteral | undefined): ObjectProperty[] {
  return (object?.members ?? []).filter((member) => member.kind === "member");
}

/** The member of that name. */
export function propertyOf(object: ObjectLiteral | undefined, name: string): ObjectProperty | undefined {
  return propertiesOf(object).find((property) => keyText(property) === name);
}

/** The text of a string without holes. */
export function literalText(node: Expression | undefined): string | undefined {
  return node?.kind === "string" && node.holes.length === 0 ? node.segments[0] : undefined;
}

/** An expression without the parentheses and assertions around it, which mean nothing in a template. */
export function unwrap(node: Expression): Expression {
  if (node.kind === "parenthesized") return unwrap(node.inner);
  return node.kind === "nonNull" ? unwrap(node.operand) : node;
}
