import { arrayOf, type ArrayType, type ScopeType } from "../../types/type.ts";
import { unionOf } from "../../types/union.ts";

/** Anything that can be deployed to: a scope of Azure, a resource, or a module, whether it fits or not. */
export const SCOPE: ScopeType = {
  kind: "scope",
  scope: "resourceGroup",
  argumentCount: 0,
  body: { kind: "object", name: "scope", properties: new Map() },
};

/** What a resource or module can wait for: resources, modules and loops of them. */
export const DEPENDENCIES: ArrayType = arrayOf(unionOf([SCOPE, arrayOf(SCOPE)]));
