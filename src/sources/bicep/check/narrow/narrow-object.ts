import type { SyntaxNode } from "../../syntax/ast.ts";
import { isAssignable } from "../../types/assignable.ts";
import { describe } from "../../types/describe.ts";
import { suggest } from "../../types/spelling.ts";
import { NULL, type BicepType, type DiscriminatedType, type ObjectType, type TypeProperty } from "../../types/type.ts";
import { isStringUnion, nullable, unionOf } from "../../types/union.ts";
import { memberNamed, nameOfMember } from "../members.ts";
import { valueOfVariable, type Narrowing, type Value, type ValueNode } from "./narrowing.ts";
import { nameList } from "../name-list.ts";

/** Checks an object, and its members, against the type asked for. */
export function narrowObject(narrowing: Narrowing, value: Value, target: ObjectType): void {
  const declared = valueOfVariable(narrowing.context, value.node);
  if (declared !== undefined) {
    narrowObject({ ...narrowing, origin: value.node }, { node: declared.node, type: value.type }, target);
    return;
  }
  const { node, type } = value;
  if (type.kind !== "object") return;
  checkRequired(narrowing, { node, type }, target);
  for (const [name, property] of target.properties) {
    const source = type.properties.get(name);
    if (source !== undefined) narrowMember(narrowing, { node, name, type: source.type() }, property);
  }
  const extra = [...type.properties].filter(([name]) => !target.properties.has(name));
  if (target.additional === undefined) {
    for (const [name] of extra) reportExtra(narrowing, { node, name, type }, target);
    reportInterpolated(narrowing, node, target);
  } else if (!target.additional.fallback || node.kind !== "object") {
    const additional: TypeProperty = { type: target.additional.type };
    for (const [name, source] of extra) narrowMember(narrowing, { node, name, type: source.type() }, additional);
  }
}

interface ObjectValue {
  readonly node: ValueNode;
  readonly type: ObjectType;
}

function checkRequired(narrowing: Narrowing, { node, type }: ObjectValue, target: ObjectType): void {
  if (type.additional !== undefined) return;
  const missing = [...target.properties]
    .filter(([name, { required, type: wanted }]) => {
      return required === true && !type.properties.has(name) && !isAssignable(NULL, wanted());
    })
    .map(([name]) => name)
    .sort();
  if (missing.length === 0) return;
  narrowing.report("BCP035", narrowing.origin ?? placeOfMissing(narrowing, node), [nameList(missing)]);
}

/** Where members that an object lacks are reported: at the name of what it is the value of, where it has one. */
function placeOfMissing(narrowing: Narrowing, node: SyntaxNode): SyntaxNode {
  let inner = node;
  for (;;) {
    const parent = narrowing.context.bindings.parents.get(inner);
    if (parent?.kind === "member") return parent.key;
    if (parent?.kind !== "if" && parent?.kind !== "for") {
      return parent !== undefined && "keyword" in parent && "name" in parent && parent.kind !== "parameter"
        ? parent.name
        : node;
    }
    inner = parent;
  }
}

interface Member {
  /** The object that it is a member of. */
  readonly node: ValueNode;
  readonly name: string;
  readonly type: BicepType;
}

function narrowMember(narrowing: Narrowing, { node, name, type }: Member, property: TypeProperty): void {
  const written = memberNamed(node, name);
  if (property.readOnly === true) {
    narrowing.report("BCP073", narrowing.origin ?? written?.key ?? node, [name]);
    return;
  }
  const value: Value = { node: written?.value ?? node, type };
  const expected = property.type();
  if (!narrowing.seen.add(value, expected)) return;
  narrowing.narrow(
    {
      ...narrowing,
      disallowAny: property.disallowAny === true,
      onMismatch: (wanted, actual) => {
        reportMemberMismatch(narrowing, { name, expected: wanted, actual });
      },
    },
    value,
    property.nullable === true ? nullable(expected) : expected,
  );
}

interface MemberMismatch {
  readonly name: string;
  readonly expected: BicepType;
  readonly actual: Value;
}

function reportMemberMismatch(narrowing: Narrowing, { name, expected, actual }: MemberMismatch): void {
  const { node, type } = actual;
  // The compiler compares them with their quotes.
  const candidates = isStringUnion(expected) ? [...expected.literals].map((value) => `'${String(value)}'`).sort() : [];
  const suggestion =
    narrowing.origin === undefined && type.kind === "stringLiteral"
      ? suggest(`'${type.value}'`, candidates)
      : undefined;
  if (suggestion === undefined) {
    narrowing.report("BCP036", narrowing.origin ?? node, [name, describe(expected), describe(type)]);
  } else narrowing.report("BCP088", node, [name, describe(expected), describe(type), suggestion]);
}

function reportExtra(narrowing: Narrowing, { node, name, type }: Member, target: ObjectType): void {
  const open = [...target.properties]
    .filter(([candidate, property]) => {
      return property.readOnly !== true && !(type.kind === "object" && type.properties.has(candidate));
    })
    .map(([candidate]) => candidate)
    .sort();
  const suggestion = narrowing.origin === undefined ? suggest(name, open) : undefined;
  const place = narrowing.origin ?? memberNamed(node, name)?.key ?? node;
  if (suggestion === undefined) narrowing.report("BCP037", place, [name, describe(target)]);
  else narrowing.report("BCP089", place, [name, describe(target), suggestion]);
}

function reportInterpolated(narrowing: Narrowing, node: ValueNode, target: ObjectType): void {
  if (node.kind !== "object") return;
  for (const member of node.members) {
    if (member.kind === "member" && nameOfMember(member) === undefined) {
      narrowing.report("BCP040", member.key, [describe(target)]);
    }
  }
}

/** Checks an object that is one of several, told apart by a member. */
export function narrowDiscriminated(narrowing: Narrowing, { node, type }: Value, target: DiscriminatedType): void {
  if (type.kind !== "object") return;
  const discriminator = type.properties.get(target.key)?.type();
  if (discriminator === undefined) {
    reportNoDiscriminator(narrowing, { node, type }, target);
    return;
  }
  if (discriminator.kind === "any") return;
  const selected = discriminator.kind === "stringLiteral" ? target.members.get(discriminator.value) : undefined;
  if (selected !== undefined) {
    narrowObject(narrowing, { node, type }, selected);
    return;
  }
  const keys = unionOf([...target.members.keys()].map((value) => ({ kind: "stringLiteral", value })));
  if (discriminator.kind !== "stringLiteral" && isAssignable(discriminator, keys)) return;
  const value: Value = { node: memberNamed(node, target.key)?.value ?? node, type: discriminator };
  reportMemberMismatch(narrowing, { name: target.key, expected: keys, actual: value });
}

function reportNoDiscriminator(narrowing: Narrowing, { node, type }: ObjectValue, target: DiscriminatedType): void {
  // Other members than those known may be there.
  if (type.additional !== undefined) return;
  narrowing.report("BCP078", narrowing.origin ?? node, [target.key]);
  const misspelled = suggest(target.key, [...type.properties.keys()]);
  const member = misspelled === undefined ? undefined : memberNamed(node, misspelled);
  if (misspelled !== undefined) {
    narrowing.report("BCP089", narrowing.origin ?? member?.key ?? node, [misspelled, describe(target), target.key]);
  }
}
