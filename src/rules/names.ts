import type { Rule } from "./define-rule.ts";

/** Finds rules by any name a user may give: id, former id, or the id of the same check in another scanner. */
export interface RuleNames {
  /** The rules that `name` stands for; empty when it is no rule's name. */
  find(name: string): readonly Rule[];
  /** Every name there is, for suggestions. */
  readonly all: readonly string[];
}

/** Indexes the names of `rules`, letter case ignored. */
export function indexRuleNames(rules: readonly Rule[]): RuleNames {
  const byName = new Map<string, Rule[]>();
  for (const rule of rules) {
    const equivalents = Object.values(rule.equivalents ?? {}).flat();
    for (const name of new Set([rule.id, ...(rule.aliases ?? []), ...equivalents])) {
      const key = name.toLowerCase();
      byName.set(key, [...(byName.get(key) ?? []), rule]);
    }
  }
  return { find: (name) => byName.get(name.toLowerCase()) ?? [], all: rules.map(({ id }) => id) };
}
