import type { ArmValue } from "./arm-value.ts";
import type { Symbols } from "./symbols.ts";
import type { TemplateValue } from "./template-value.ts";
import type { Unknown } from "./value.ts";

/**
 * Where in the template an expression stands. Some functions are allowed in some places only.
 *
 * - `parameter`: a parameter's default value
 * - `variable`
 * - `resource`: a resource's name, location, condition, scope, identity, copy count …
 * - `zones`: a resource's `zones`
 * - `body`: a resource's `properties`, `tags` and `sku`, and so the parameters of a nested deployment
 * - `output`
 * - `function`: the output of a function that the template defines
 *
 * Found with the Bicep CLI 0.49.2 by trying every function in every place.
 */
export type Place = "parameter" | "variable" | "resource" | "zones" | "body" | "output" | "function";

/** The level a deployment runs at. */
export type DeploymentKind = "resourceGroup" | "subscription" | "managementGroup" | "tenant";

/** A text that may have to wait for the deployment; `null` when it was not given. */
export type ScopeText = string | Unknown | null;

/** What the scope functions and `deployment()` answer from. */
export interface DeploymentScope {
  readonly kind: DeploymentKind;
  readonly tenantId: ScopeText;
  readonly subscriptionId: ScopeText;
  readonly resourceGroup: ScopeText;
  readonly resourceGroupLocation: ScopeText;
  readonly managementGroup: ScopeText;
  /** `deployment().name` */
  readonly name: ScopeText;
  /** `deployment().location`; never at resource group level. */
  readonly location: ScopeText;
  readonly contentVersion: string;
  /** `deployment().properties.mode`, when it is known. */
  readonly mode?: string;
}

/** Nothing of a deployment is known: for what is worked out before there is one. */
export const NOWHERE: DeploymentScope = {
  kind: "resourceGroup",
  tenantId: null,
  subscriptionId: null,
  resourceGroup: null,
  resourceGroupLocation: null,
  managementGroup: null,
  name: null,
  location: null,
  contentVersion: "1.0.0.0",
};

/** One `copy` loop that an expression stands in. */
export interface CopyLoop {
  readonly name: string;
  readonly index: number;
}

/** The loops around an expression. */
export interface CopyScope {
  /** The loop that `copyIndex()` without a name means. */
  readonly current: CopyLoop | null;
  /** All of them, the innermost last. */
  readonly loops: readonly CopyLoop[];
}

/** A function that the template defines. */
export interface UserFunction {
  /** `namespace.name`, as written. */
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly type: string }[];
  /** Its value as JSON, or as what works it out in the scope of a call. */
  readonly output: { readonly type: string; readonly value: TemplateValue | ((scope: Scope) => ArmValue) };
}

/** The value of a lambda's variable; inner lambdas hide outer ones of the same name. */
export interface LambdaBinding {
  readonly name: string;
  readonly value: ArmValue;
  readonly outer: LambdaBinding | null;
}

/** A call that only the template around the expression, or Azure, can answer. */
export interface RuntimeCall {
  /** In upper case: `REFERENCE`, `REFERENCES`, `RESOURCEINFO`, `LISTKEYS`, `EXTERNALINPUTS` … */
  readonly key: string;
  /** As written. */
  readonly name: string;
  /** Some may be secrets: `Sensitive`. An unknown id can still name a resource of the template. */
  readonly args: readonly ArmValue[];
  readonly scope: Scope;
}

/**
 * What is known about such a call: its value; or other arguments (a full id and an API version instead of a symbolic name), with which
 * it stays to be asked at run time.
 */
export type RuntimeAnswer = { readonly value: ArmValue } | { readonly args: readonly ArmValue[] };

/** Everything that an expression can refer to. Made by whoever expands the template. */
export interface Scope {
  readonly place: Place;
  readonly parameters: Symbols;
  readonly variables: Symbols;
  /** By `foldName` of their full names. */
  readonly functions: ReadonlyMap<string, UserFunction>;
  readonly deployment: DeploymentScope;
  /** Absent outside of any loop: there `copyIndex` is no function at all. */
  readonly copy?: CopyScope;
  readonly lambdas?: LambdaBinding | null;
  /** Functions of the template whose calls the expression is part of: they cannot be called again. */
  readonly openFunctions?: readonly string[];
  /** Whether resources have symbolic names (`languageVersion` 2.0): only then there are `references` and `resourceInfo`. */
  readonly symbolicNames?: boolean;
  /**
   * Asked for every `reference` and `list*`, and for every `references`, `resourceInfo`, `externalInputs`, `extensions` whose arguments are
   * known.
   *
   * @returns `undefined` when nothing is known
   * @throws ExpressionFailure when ARM would refuse the call
   */
  readonly runtime?: (call: RuntimeCall) => RuntimeAnswer | undefined;
}
