/** Which resources a rule is asked about. Data, so that documentation and the runner read the same thing. */
export type Selector = { readonly kind: "types"; readonly types: readonly string[] } | { readonly kind: "any" };

/** Resources of one of the full types, letter case ignored. */
export function resourceType(...types: readonly string[]): Selector {
  return { kind: "types", types };
}

/** Every resource. */
export function anyResource(): Selector {
  return { kind: "any" };
}
