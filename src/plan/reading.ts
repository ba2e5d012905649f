import type { UnknownReason } from "../expression/value.ts";

/**
 * What can be said of one property: its value, that it cannot be known (and why), or that it is not there. `null` counts as
 * absent, as ARM treats it for almost every property.
 */
export type Reading<T> = KnownReading<T> | UnknownReading | AbsentReading;

/** The property has this value. `sensitive`: it must not be printed. */
export interface KnownReading<T> {
  readonly state: "known";
  readonly value: T;
  readonly sensitive: boolean;
}

/** The property is there, or may be, but its value waits for the deployment. */
export interface UnknownReading {
  readonly state: "unknown";
  readonly reason: UnknownReason;
  /** The expression that would give the value, without brackets, when there is one. */
  readonly expression: string | null;
}

/** The body does not have the property. */
export interface AbsentReading {
  readonly state: "absent";
}

/** A reading of something that is not there. */
export const ABSENT: AbsentReading = { state: "absent" };

/** A reading with a value. */
export function known<T>(value: T, sensitive = false): KnownReading<T> {
  return { state: "known", value, sensitive };
}

/** A reading without a value. */
export function unknown(reason: UnknownReason, expression: string | null = null): UnknownReading {
  return { state: "unknown", reason, expression };
}

/** The first of the readings that has no value to give, if any: what an `open` outcome reports. */
export function firstUnknown(...readings: readonly Reading<unknown>[]): UnknownReading | undefined {
  return readings.find((reading) => reading.state === "unknown");
}
