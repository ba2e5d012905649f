/**
 * Why a value is not known. Printed as `{ "unknown": "REASON" }`, so the words are part of the public interface.
 *
 * - `runtime-function`: only Azure can answer, during the deployment (`reference`, `listKeys`, `utcNow`, `newGuid` …)
 * - `unresolved-expression`: a what-if result left an expression where a value belongs
 * - `scope`: depends on a subscription, resource group, tenant or location that was not given
 * - `parameter`: a required parameter has no value
 * - `environment`: an environment variable that may not be read
 * - `key-vault`: a secret that only Key Vault holds
 * - `external`: an input that the deployment's caller supplies
 * - `not-reported`: the source lists the resource without this part of its body
 * - `not-analysed`: the source could not look into the resource at all
 * - `not-declared`: the change does not mention what was declared or set before
 * - `inherited`: comes from a base or parent whose content is not documented
 * - `absence-not-proved`: nothing was found, and the plan cannot show that nothing exists
 * - `platform`: the configuration says that the platform deploys it by itself
 * - `ambiguous`: the same member is written twice with different values
 * - `unexpected-type`: the value has another type than the property's
 * - `evaluators-disagree`: two evaluators gave two answers
 * - `limit`: too large or too deep to work out
 */
export type UnknownReason =
  | "runtime-function"
  | "unresolved-expression"
  | "scope"
  | "parameter"
  | "environment"
  | "key-vault"
  | "external"
  | "not-reported"
  | "not-analysed"
  | "not-declared"
  | "inherited"
  | "absence-not-proved"
  | "platform"
  | "ambiguous"
  | "unexpected-type"
  | "evaluators-disagree"
  | "limit";

/** A leaf whose value cannot be known before the deployment. Never equal to anything, itself included. */
export class Unknown {
  readonly reason: UnknownReason;
  /** The text that would give the value, without brackets; `null` when there is none. Equal texts mean equal values. */
  readonly expression: string | null;
  /** Whether the value, once known, is a secret. */
  readonly sensitive: boolean;

  constructor(reason: UnknownReason, expression: string | null = null, sensitive = false) {
    this.reason = reason;
    this.expression = expression;
    this.sensitive = sensitive;
  }
}

/** A known leaf that must never be printed: `«secret»` stands in its place in all output. */
export class Sensitive {
  readonly value: Scalar;

  constructor(value: Scalar) {
    this.value = value;
  }
}

/** A JSON scalar. `bigint` stands for integers that a JavaScript number cannot hold exactly. */
export type Scalar = null | boolean | number | bigint | string;

/** A JSON value in which any leaf may be unknown or secret. */
export type Value = Scalar | Unknown | Sensitive | readonly Value[] | ValueObject;

/** A JSON object. Member names keep the letter case in which they were written; ARM compares them without case. */
export interface ValueObject {
  readonly [name: string]: Value;
}

/** Whether `value` is an object with members (not an array, not an unknown, not a secret). */
export function isObject(value: Value | undefined): value is ValueObject {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Unknown) &&
    !(value instanceof Sensitive)
  );
}

/** Whether `value` is an array. */
export function isArray(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}
