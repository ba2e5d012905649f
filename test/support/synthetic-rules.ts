import type { GenericSchema } from "valibot";
import type { Value } from "../../src/expression/value.ts";
import { defineRule, type Rule, type RuleMetadata } from "../../src/rules/define-rule.ts";
import { fail, notApplicable, open, type Outcome, pass } from "../../src/rules/outcome.ts";
import { resourceType } from "../../src/rules/selectors.ts";
import type { ResourceView } from "../../src/plan/world.ts";
import { resource, type Body, type Members } from "./resources.ts";

/** The only type that the rules of these tests know. */
export const THING = "Test.Things/things";

/** A resource of that type. */
export function thing(properties: Members = {}, name = "t"): Body {
  return resource(THING, name, { properties });
}

/** Metadata for a rule of which only what matters to the test is given. */
export function metadata(changes: Partial<RuleMetadata> = {}): RuleMetadata {
  return {
    id: "test/flag-off",
    title: "The flag is off",
    rationale: "Tests need something to find.",
    severity: "high",
    confidence: "high",
    introducedIn: "1.0.0",
    appliesTo: resourceType(THING),
    profiles: ["recommended"],
    topics: [],
    sources: ["https://example.com/"],
    reads: [{ type: THING, path: "properties.flag" }],
    ...changes,
  };
}

/** A rule with the given check. */
export function ruleOf(
  changes: Partial<RuleMetadata>,
  check: (view: ResourceView) => Outcome | readonly Outcome[],
): Rule {
  return defineRule<GenericSchema>({ ...metadata(changes), check });
}

const FLAG = "properties.flag";

/** Wants `properties.flag` to be true: absent and false fail, not known is open, the text `n/a` does not apply. */
export function flagRule(
  changes: Partial<RuleMetadata> = {},
  details: { readonly decidedBy?: readonly string[]; readonly at?: string } = {},
): Rule {
  const at = details.at ?? FLAG;
  return ruleOf(changes, (view) => {
    const reading = view.properties.value(FLAG);
    if (reading.state === "unknown") return open(reading, { at, message: `${view.label}: the flag is not known` });
    if (reading.state === "known" && reading.value === "n/a") return notApplicable();
    if (reading.state === "known" && reading.value === true) return pass();
    const { decidedBy } = details;
    return fail({ at, message: `${view.label}: the flag is off`, ...(decidedBy === undefined ? {} : { decidedBy }) });
  });
}

/** Fails on every entry of `properties.list` whose member `bad` is true, or that is the text `bad`; each at its own place. */
export function listRule(changes: Partial<RuleMetadata> = {}): Rule {
  return ruleOf({ id: "test/bad-entry", ...changes }, (view) => {
    const entries = view.properties.members("properties.list");
    if (entries.state !== "known") return pass();
    const outcomes = entries.value.map((entry): Outcome => {
      const isBad = entry.body === "bad" || entry.boolean("bad").state === "known";
      return isBad ? fail({ at: entry.at(""), message: `${view.label} has a bad entry` }) : pass();
    });
    return outcomes.length === 0 ? pass() : outcomes;
  });
}

/** Fails above 10 in `properties.size`, with the size as magnitude. */
export function sizeRule(changes: Partial<RuleMetadata> = {}): Rule {
  return ruleOf({ id: "test/too-large", ...changes }, (view) => {
    const size = view.properties.number("properties.size");
    if (size.state !== "known" || size.value <= 10) return pass();
    return fail({ at: "properties.size", message: `${view.label} is too large`, magnitude: size.value });
  });
}

/** Throws on whatever it is asked about, unless `properties.calm` is set. */
export function crashingRule(changes: Partial<RuleMetadata> = {}): Rule {
  return ruleOf({ id: "test/crash", ...changes }, (view) => {
    if (view.properties.value("properties.calm").state === "absent") throw new TypeError("cannot read the thing");
    return pass();
  });
}

/** Judges the transition: a thing that goes, or whose size at least doubles. */
export function transitionRule(changes: Partial<RuleMetadata> = {}): Rule {
  return defineRule<GenericSchema>({
    ...metadata({ id: "test/goes", ...changes }),
    checkTransition({ before, after }) {
      if (before === undefined) return notApplicable();
      if (after === undefined) return fail({ at: "", message: `${before.label} goes`, regression: true });
      const [earlier, later] = [before, after].map((view) => view.properties.number("properties.size"));
      if (earlier?.state !== "known" || later?.state !== "known") return notApplicable();
      return later.value >= 2 * earlier.value
        ? fail({ at: "properties.size", message: `${before.label} doubles`, magnitude: later.value / earlier.value })
        : pass();
    },
  });
}

/** A value for `properties.flag`. */
export function flag(value: Value): Body {
  return thing({ flag: value });
}
