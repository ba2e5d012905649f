/** Which resources a rule is asked about. Data, so that documentation and the runner read the same thing. */
export interface Selector {
  /** Full resource types; letter case is ignored. */
  readonly types: readonly string[];
}

/** Resources of one of the full types. */
export function resourceType(...types: readonly string[]): Selector {
  return { types };
}
