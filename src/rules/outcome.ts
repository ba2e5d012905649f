import type { UnknownReason, Value } from "../expression/value.ts";
import type { PropertyPath } from "../plan/property-path.ts";
import type { UnknownReading } from "../plan/reading.ts";
import type { PlatformFamily } from "../plan/world.ts";

/** The requirement is met. */
interface Pass {
  readonly outcome: "pass";
}

/** The rule has nothing to say about this resource. */
interface NotApplicable {
  readonly outcome: "notApplicable";
}

/** The requirement is not met. */
export interface Fail {
  readonly outcome: "fail";
  /** The property to change; the empty path is the resource itself. */
  readonly at: PropertyPath | string;
  /** Other properties whose absence decided it: set before and left out now, they make the outcome open instead. */
  readonly decidedBy?: readonly string[];
  /** Starts with the resource's label, states the fact, gives no advice; at most 120 characters. */
  readonly message: string;
  /** The value that would pass, where there is one. */
  readonly expected?: Value;
  /** How bad it is, in the rule's own unit; larger is worse. Worse than before counts as new. */
  readonly magnitude?: number;
  /** The value must not be printed. */
  readonly sensitive?: boolean;
  readonly fix?: Fix;
  /** For rules about the transition: a protection that stands before. */
  readonly regression?: true;
}

/** Whether the requirement is met cannot be known from this plan. */
export interface Open {
  readonly outcome: "open";
  readonly reason: UnknownReason;
  readonly at: PropertyPath | string;
  readonly message: string;
  /** The kind of related resource that was not found; reports show one line per family. */
  readonly family?: OpenFamily;
  /** For rules about the transition: a protection that stands before. */
  readonly regression?: true;
}

/** Families of related resources whose absence a plan alone seldom proves. */
export type OpenFamily = PlatformFamily | "privateEndpoints" | "contentFilters";

/** What one rule says of one resource in one world. */
export type Outcome = Pass | NotApplicable | Fail | Open;

/** How to make a failing resource pass. */
export interface Fix {
  /** One sentence in the imperative. */
  readonly description: string;
  /** What applying it may break: callers (`breaking`), or data for good (`irreversible`). */
  readonly impact: "none" | "breaking" | "irreversible";
  /** Property values to write; empty where a fix needs a decision. */
  readonly edits: readonly Edit[];
}

/** One property value to write. */
export interface Edit {
  readonly path: string;
  readonly value: Value;
}

export function pass(): Pass {
  return { outcome: "pass" };
}

export function notApplicable(): NotApplicable {
  return { outcome: "notApplicable" };
}

export function fail(details: Omit<Fail, "outcome">): Fail {
  return { outcome: "fail", ...details };
}

/** `reading` says why; `details` where, and what in words. */
export function open(reading: Pick<UnknownReading, "reason">, details: Omit<Open, "outcome" | "reason">): Open {
  return { outcome: "open", reason: reading.reason, ...details };
}

/** A fix that writes one property. */
export function set(path: string, value: Value, details: Omit<Fix, "edits">): Fix {
  return { ...details, edits: [{ path, value }] };
}
