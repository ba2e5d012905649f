import type { BuiltInDecorator, DecoratorTarget } from "../functions/decorators.ts";
import type { BuiltInFunction } from "../functions/signature.ts";
import type { SemanticCode } from "../messages.ts";
import type { Declaration, SyntaxNode } from "../syntax/ast.ts";

/** What may be called at a place: functions of a certain placement, or decorators for a certain target. */
export type Place =
  | { readonly kind: "anywhere" | "default" | "inlining" }
  | { readonly kind: "decorator"; readonly target: DecoratorTarget | "anything" };

/** The code for a decorator that stands before something it is not for. */
const WRONG_TARGET: Readonly<Record<DecoratorTarget, SemanticCode>> = {
  metadata: "BCP269",
  module: "BCP128",
  output: "BCP129",
  parameter: "BCP125",
  resource: "BCP127",
  type: "BCP297",
  variable: "BCP126",
};

/** Why `called` must not be called at `place`; `undefined` when it may. */
export function findPlacementFault(called: BuiltInDecorator | BuiltInFunction, place: Place): SemanticCode | undefined {
  if ("placement" in called) {
    if (called.placement === "default" && place.kind !== "default") return "BCP065";
    if (called.placement === "inlining" && place.kind !== "inlining") return "BCP066";
    return place.kind === "decorator" ? "BCP152" : undefined;
  }
  if (place.kind !== "decorator" || place.target === "anything" || called.targets.has(place.target)) return undefined;
  return WRONG_TARGET[place.target];
}

/** What decorators before `node` must be for. */
export function targetOf(node: SyntaxNode): DecoratorTarget | "anything" {
  switch (node.kind) {
    case "metadata":
    case "module":
    case "output":
    case "parameter":
    case "resource":
      return node.kind;
    case "tupleItem":
    case "typeDeclaration":
    case "typeMember":
    case "typeMemberRest":
      return "type";
    case "variableDeclaration":
      return "variable";
    default:
      return "anything";
  }
}

/** Which functions may be called in the parts of `declaration` behind its decorators. */
export function valuePlace(declaration: Declaration): Place {
  switch (declaration.kind) {
    case "parameter":
      return { kind: "default" };
    case "function":
    case "module":
    case "output":
    case "parameterAssignment":
    case "resource":
    case "test":
    case "variableDeclaration":
      return { kind: "inlining" };
    case "metadata":
      return { kind: "decorator", target: "metadata" };
    default:
      return { kind: "anywhere" };
  }
}
