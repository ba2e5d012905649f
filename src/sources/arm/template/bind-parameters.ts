import { ArmObject, type ArmValue, isArmArray } from "../../../expression/arm-value.ts";
import type { Evaluation } from "../../../expression/evaluation.ts";
import { withSecretLeaves } from "../../../expression/shape.ts";
import { foldName } from "../../../expression/dotnet/casing.ts";
import type { Definition } from "../../../expression/symbols.ts";
import { Unknown } from "../../../expression/value.ts";
import type { Expansion } from "./expansion.ts";
import type { Written } from "./model.ts";
import type { Scope } from "../../../expression/scope.ts";
import { type MemberNode, valueOf } from "./node.ts";
import { TypeChecker } from "./type-check.ts";
import type { DeclaredType, Types } from "./types.ts";

/** A value for a parameter from outside of the template. */
export interface Argument {
  /** As written where it is given. */
  readonly name: string;
  readonly evaluate: () => ArmValue;
  /** Where the value is written, when that is in a file. */
  readonly written?: Written;
}

interface Binding {
  readonly expansion: Expansion;
  readonly types: Types;
  readonly declarations: readonly MemberNode[];
  /** By `foldName` of the parameter's name. */
  readonly given: ReadonlyMap<string, Argument>;
  /** The scope of default values. */
  readonly scope: () => Scope;
  /** What stands for a required parameter without a value. */
  readonly missing: (declaration: MemberNode) => ArmValue;
}

/** How each parameter of a template gets its value: what was given, else its default value; checked against its type. */
export function parameterDefinitions(binding: Binding): readonly (readonly [string, Definition])[] {
  const { evaluator } = binding.expansion;
  return binding.declarations.map((declaration) => [
    declaration.name,
    (): Evaluation => evaluator.guard(() => parameterValue(binding, declaration)),
  ]);
}

function parameterValue(binding: Binding, declaration: MemberNode): ArmValue {
  const { types, expansion, given } = binding;
  const type = types.of(declaration.value);
  const argument = given.get(foldName(declaration.name))?.evaluate() ?? null;
  const defaultNode = valueOf(declaration.value, "defaultValue");
  if (argument === null && defaultNode === undefined) return type.nullable ? null : binding.missing(declaration);
  const value =
    argument === null && defaultNode !== undefined ? expansion.nodes.evaluate(defaultNode, binding.scope()) : argument;
  // Marked first: what a refusal says must not show a secret.
  const marked = markSecure(value, { type, types, expression: `parameters('${declaration.name}')` });
  new TypeChecker(types, { what: "parameter", name: declaration.name }).check(marked, type);
  return marked;
}

interface Marking {
  readonly type: DeclaredType;
  readonly types: Types;
  readonly expression: string | null;
}

/** `value` with everything marked as secret that its type declares secret. */
export function markSecure(value: ArmValue, { type, types, expression }: Marking): ArmValue {
  if (value === null) return value;
  if (types.isSecure(type)) return withSecretLeaves(value, expression);
  if (isArmArray(value) && type.items !== null && type.items !== "none") {
    const items = types.of(type.items);
    return value.map((element) => markSecure(element, { type: items, types, expression: null }));
  }
  return value instanceof ArmObject && type.properties.size > 0 ? markMembers(value, type, types) : value;
}

function markMembers(value: ArmObject, type: DeclaredType, types: Types): ArmObject {
  let marked: Map<string, ArmValue> | null = null;
  for (const [name, node] of type.properties) {
    const written = value.nameOf(name);
    const member = written === undefined ? undefined : value.members.get(written);
    if (written === undefined || member === undefined) continue;
    const secured = markSecure(member, { type: types.of(node), types, expression: null });
    if (secured === member) continue;
    marked ??= new Map(value.members);
    marked.set(written, secured);
  }
  if (marked === null) return value;
  const { rest, late, unknownNames, secretNames } = value;
  return new ArmObject(marked, { rest, late, unknownNames, secretNames });
}

/** What stands for a value that was not given. */
export function missingValue(name: string, isSecret: boolean): Unknown {
  return new Unknown("parameter", `parameters('${name}')`, isSecret);
}
