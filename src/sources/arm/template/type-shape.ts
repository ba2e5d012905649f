import { type MemberNode, memberOf, type TemplateNode, valueOf } from "./node.ts";
import { refuseTemplate } from "./refusal.ts";
import { literalText } from "./literal.ts";

/** ARM's types, by their names in lower case. */
export const TYPE_NAMES = new Set(["string", "securestring", "int", "bool", "object", "secureobject", "array"]);

/** What a type may say besides its name, and for which types; an empty list stands for all. */
const CONSTRAINTS: Readonly<Record<string, readonly string[]>> = {
  allowedvalues: [],
  minlength: ["string", "securestring", "array", "object", "secureobject"],
  maxlength: ["string", "securestring", "array", "object", "secureobject"],
  minvalue: ["int"],
  maxvalue: ["int"],
};
/** The same for `languageVersion` 2.0. */
const CONSTRAINTS_2: Readonly<Record<string, readonly string[]>> = {
  nullable: [],
  $ref: [],
  pattern: ["string", "securestring"],
  items: ["array"],
  prefixitems: ["array"],
  properties: ["object", "secureobject"],
  additionalproperties: ["object", "secureobject"],
  discriminator: ["object", "secureobject"],
};

/** What a template can say depends on its `languageVersion`. */
export type LanguageVersion = "1.0" | "2.0" | "experimental";

/** Members of a type declaration, in lower case. */
export const TYPE_MEMBERS: readonly string[] = [...Object.keys(CONSTRAINTS), ...Object.keys(CONSTRAINTS_2)];

/**
 * Checks that a type is one of ARM's and says nothing that its kind cannot say.
 *
 * @throws GateError TEMPLATE_INVALID
 */
export function checkTypeShape(node: TemplateNode, version: LanguageVersion): void {
  if (node.kind !== "object") refuseTemplate("a type is not an object", node);
  const type = valueOf(node, "type");
  const name = literalText(type)?.toLowerCase();
  if (type !== undefined && (name === undefined || !TYPE_NAMES.has(name))) {
    refuseTemplate(`'${literalText(type) ?? ""}' is not a type; expected ${[...TYPE_NAMES].join(", ")}`, type);
  }
  for (const member of node.members.values()) checkConstraint(member, name, version);
  if (memberOf(node, "$ref") !== undefined && type !== undefined)
    refuseTemplate("a type has both a name and a $ref", node);
}

function checkConstraint(member: MemberNode, type: string | undefined, version: LanguageVersion): void {
  const constraint = member.name.toLowerCase();
  const second = Object.hasOwn(CONSTRAINTS_2, constraint);
  if (second && version === "1.0") refuseTemplate(`'${member.name}' needs languageVersion 2.0`, member);
  if (constraint === "pattern" && version === "2.0")
    refuseTemplate("'pattern' needs an experimental languageVersion", member);
  const types = second ? CONSTRAINTS_2[constraint] : CONSTRAINTS[constraint];
  if (types === undefined || types.length === 0 || type === undefined || types.includes(type)) return;
  refuseTemplate(`a type '${type}' cannot have '${member.name}'`, member);
}
