import type { Identifier, PropertyAccess } from "../../syntax/ast.ts";
import type { Span } from "../../syntax/span.ts";
import { describe } from "../../types/describe.ts";
import { MAX_CANDIDATES, suggest } from "../../types/spelling.ts";
import { ANY, ERROR, SOME_STRING, STRING, type BicepType, type ObjectType } from "../../types/type.ts";
import type { FileContext } from "../context.ts";
import { fault } from "../fault.ts";
import { nameList } from "../name-list.ts";

/** A property that is asked for: by `.name`, or by a string as an index. */
export interface AskedProperty {
  readonly name: string;
  readonly place: Span;
  readonly safe: boolean;
}

/** The type of a property of a value of type `base`. */
export function inferProperty(context: FileContext, node: AskedProperty | PropertyAccess, base: BicepType): BicepType {
  const asked = "kind" in node ? askedBy(node, node.name) : node;
  // That the name is missing is reported already.
  if (asked.name === "" || base.kind === "error") return ERROR;
  // Of several objects it is not known which one it is.
  if (["any", "discriminated", "union"].includes(base.kind)) return ANY;
  switch (base.kind) {
    case "object":
      return propertyOf(context, asked, base);
    case "module":
    case "scope":
      return propertyOf(context, asked, base.body);
    case "resource":
      return resourceProperty(asked.name);
    case "namespace":
      return base.members.get(asked.name)?.() ?? unknownProperty(context, asked, [base, [...base.members.keys()]]);
    default:
      return fault(context, ["BCP055", asked.place], describe(base));
  }
}

function askedBy({ safe }: PropertyAccess, name: Identifier): AskedProperty {
  return { name: name.name, place: name, safe };
}

function propertyOf(context: FileContext, asked: AskedProperty, base: ObjectType): BicepType {
  const property = base.properties.get(asked.name);
  if (property !== undefined) {
    if (property.writeOnly !== true || asked.safe) return property.type();
    return fault(context, ["BCP077", asked.place], describe(base), asked.name);
  }
  if (base.additional !== undefined) return base.additional.type();
  const readable = [...base.properties].filter(([, candidate]) => candidate.writeOnly !== true).map(([name]) => name);
  return unknownProperty(context, asked, [base, readable]);
}

function unknownProperty(
  context: FileContext,
  { name, place, safe }: AskedProperty,
  [base, known]: readonly [BicepType, readonly string[]],
): BicepType {
  if (safe) return ANY;
  const names = known.length > MAX_CANDIDATES ? known : [...known].sort();
  const suggestion = suggest(name, names);
  if (suggestion !== undefined) return fault(context, ["BCP083", place], describe(base), name, suggestion);
  return names.length === 0
    ? fault(context, ["BCP052", place], describe(base), name)
    : fault(context, ["BCP053", place], describe(base), name, nameList(names));
}

/** What is known of the properties of any resource. */
function resourceProperty(name: string): BicepType {
  if (name === "id") return STRING;
  return name === "name" || name === "type" || name === "apiVersion" ? SOME_STRING : ANY;
}
