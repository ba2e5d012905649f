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

/** What is known of an unknown value all the same. */
export interface UnknownTraits {
  /** Whether the value, once known, is a secret. */
  readonly sensitive?: boolean;
  /** What the text starts with, when it is known to be a text. Never contains a part of a secret. */
  readonly prefix?: string;
  /**
   * The whole text with `{subscription}`, `{resourceGroup}`, `{managementGroup}`, `{tenant}` in the place of what was not given, when that is
   * all that is missing: resource ids stay comparable.
   */
  readonly placeholder?: string;
}

/** A leaf whose value cannot be known before the deployment. Never equal to anything, itself included. */
export class Unknown {
  readonly reason: UnknownReason;
  /**
   * The text that would give the value, without brackets; `null` when there is none (or it would be too long). Equal texts mean
   * equal values, `newGuid()` apart.
   */
  readonly expression: string | null;
  /** Whether the value, once known, is a secret. */
  readonly sensitive: boolean;
  /** What the text starts with; empty when nothing is known. */
  readonly prefix: string;
  /** The whole text with `{…}` in the place of the scope parts that were not given; else `null`. */
  readonly placeholder: string | null;

  constructor(reason: UnknownReason, expression: string | null = null, traits: boolean | UnknownTraits = false) {
    const known = typeof traits === "boolean" ? { sensitive: traits } : traits;
    this.reason = reason;
    this.expression = expression;
    this.sensitive = known.sensitive ?? false;
    this.prefix = known.prefix ?? "";
    this.placeholder = known.placeholder ?? null;
  }
}

/** A known leaf that must not be printed: `«secret»` stands in its place in all output, but for what {@link readable} says. */
export class Sensitive {
  readonly value: Scalar;
  /** The text that gives the value without showing it (`parameters('password')`); `null` when there is none. */
  readonly expression: string | null;
  /** Only its place suggests a secret, and its author wrote it down unmarked: a plan shows it, a report does not. */
  readonly readable: boolean;

  constructor(value: Scalar, expression: string | null = null, readable = false) {
    this.value = value;
    this.expression = expression;
    this.readable = readable;
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
