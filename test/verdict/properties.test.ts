import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Unknown, type Value } from "../../src/expression/value.ts";
import type { PlannedResource } from "../../src/plan/planned-resource.ts";
import { counts } from "../../src/findings/finding.ts";
import { SEVERITIES } from "../../src/rules/define-rule.ts";
import { decide, type Verdict } from "../../src/verdict/decide.ts";
import { type Policy, POLICY_WORDS } from "../../src/verdict/policy.ts";
import { finding } from "../support/findings.ts";
import { planned, planOf } from "../support/plans.ts";
import { reportOn } from "../support/runs.ts";
import { flagRule, sizeRule, thing } from "../support/synthetic-rules.ts";

const anyPolicy: fc.Arbitrary<Policy> = fc.record({
  failOn: fc.constantFrom(...POLICY_WORDS.failOn),
  gate: fc.constantFrom(...POLICY_WORDS.gate),
  onOpen: fc.constantFrom(...POLICY_WORDS.onOpen),
  enforcement: fc.constantFrom(...POLICY_WORDS.enforcement),
});

const anyFinding = fc
  .record({
    severity: fc.constantFrom(...SEVERITIES),
    confidence: fc.constantFrom("high", "medium", "low"),
    outcome: fc.constantFrom("fail", "open"),
    state: fc.constantFrom("new", "existing", "fixed"),
    regression: fc.boolean(),
    subsumedBy: fc.constantFrom(null, "test/other"),
    reason: fc.constantFrom("parameter", "not-declared"),
    changeType: fc.constantFrom("create", "modify", "noChange", "delete"),
  } as const)
  .map(({ changeType, reason, ...rest }) =>
    finding({
      ...rest,
      reason: rest.outcome === "open" ? reason : null,
      resource: { ...planned({ after: thing({}) }), changeType },
    }),
  );

/** How far a verdict is from letting a change through. */
const RANK: Readonly<Record<Verdict, number>> = { allow: 0, undecided: 1, notJudged: 2, block: 3 };
const STANDING = { deployable: 1, analysed: 1, crashes: 0 };

describe("the decision", () => {
  it("never becomes better by one finding more", () => {
    fc.assert(
      fc.property(fc.array(anyFinding, { maxLength: 6 }), anyFinding, anyPolicy, (findings, more, policy) => {
        const without = RANK[decide(findings, policy, STANDING).verdict];
        expect(RANK[decide([...findings, more], policy, STANDING).verdict]).toBeGreaterThanOrEqual(without);
      }),
    );
  });

  it("does not depend on the order of findings", () => {
    fc.assert(
      fc.property(fc.array(anyFinding, { maxLength: 6 }), anyPolicy, (findings, policy) => {
        expect(decide([...findings].reverse(), policy, STANDING).verdict).toBe(
          decide(findings, policy, STANDING).verdict,
        );
      }),
    );
  });

  it("gives a reason exactly when it is not allow", () => {
    fc.assert(
      fc.property(fc.array(anyFinding, { maxLength: 6 }), anyPolicy, (findings, policy) => {
        const { verdict, reasons } = decide(findings, policy, STANDING);
        expect(reasons.length > 0).toBe(verdict !== "allow");
      }),
    );
  });

  it("looks at what counts and at nothing else", () => {
    fc.assert(
      fc.property(fc.array(anyFinding, { maxLength: 6 }), anyPolicy, (findings, policy) => {
        const relevant = findings.filter((each) => counts(each) && each.state !== "fixed");
        expect(decide(relevant, policy, STANDING)).toEqual(decide(findings, policy, STANDING));
      }),
    );
  });
});

const anyFlag: fc.Arbitrary<Value> = fc.constantFrom(true, false, "n/a");
const anyBody = fc.record({ flag: anyFlag, size: fc.integer({ min: 0, max: 40 }) });
type Properties = { readonly flag: Value; readonly size: Value };

/** Pairs of bodies, `null` where there is none; at least one is there. */
const anyChange = fc
  .record({ before: fc.option(anyBody), after: fc.option(anyBody) })
  .filter(({ before, after }) => before !== null || after !== null);

function resourceOf(before: Properties | null, after: Properties | null, name: string): PlannedResource {
  const body = (properties: Properties | null) => (properties === null ? undefined : thing({ ...properties }, name));
  return planned({ before: body(before), after: body(after) });
}

const UNKNOWN = new Unknown("parameter", "parameters('p')");
const NEW_ONLY = { failOn: "high", gate: "new", enforcement: "block" } as const;

describe("turning a known value unknown", () => {
  const verdictOf = (resource: PlannedResource, options: Parameters<typeof reportOn>[1]) =>
    reportOn(planOf([resource]), options).verdict;

  const hide = (after: Properties): Properties => ({ ...after, flag: UNKNOWN });

  it("never turns block into allow where open outcomes block", () => {
    const options = { rules: [flagRule()], policy: { ...NEW_ONLY, onOpen: "block" } } as const;
    fc.assert(
      fc.property(fc.option(anyBody), anyBody, (before, after) => {
        fc.pre(verdictOf(resourceOf(before, after, "t"), options) === "block");
        expect(verdictOf(resourceOf(before, hide(after), "t"), options)).not.toBe("allow");
      }),
    );
  });

  it("never does under guard for a critical rule", () => {
    const options = { rules: [flagRule({ severity: "critical" })], policy: { ...NEW_ONLY, onOpen: "guard" } } as const;
    fc.assert(
      fc.property(fc.option(anyBody), anyBody, (before, after) => {
        fc.pre(verdictOf(resourceOf(before, after, "t"), options) === "block");
        expect(verdictOf(resourceOf(before, hide(after), "t"), options)).not.toBe("allow");
      }),
    );
  });

  it("never does under guard for a rule that passed before", () => {
    const rules = [flagRule()];
    fc.assert(
      fc.property(anyBody, fc.constantFrom(false, null), (after, bad) => {
        const policy = { ...NEW_ONLY, onOpen: "guard" } as const;
        const before = { ...after, flag: true };
        expect(verdictOf(resourceOf(before, { ...after, flag: bad }, "t"), { rules, policy })).toBe("block");
        expect(verdictOf(resourceOf(before, hide(after), "t"), { rules, policy })).not.toBe("allow");
      }),
    );
  });
});

describe("a run", () => {
  const rules = [flagRule(), sizeRule({ severity: "medium" })];

  it("does not depend on the order of resources or the letter case of ids", () => {
    fc.assert(
      fc.property(fc.array(anyChange, { maxLength: 5 }), (changes) => {
        const resources = changes.map(({ before, after }, index) => resourceOf(before, after, `t${index}`));
        const shouting = changes.map(({ before, after }, index) => resourceOf(before, after, `T${index}`));
        const key = (of: readonly PlannedResource[]) => {
          const { verdict, findings } = reportOn(planOf(of), { rules });
          return [verdict, ...findings.map(({ fingerprint, state }) => `${fingerprint} ${state}`).sort()];
        };
        expect(key([...resources].reverse())).toEqual(key(resources));
        expect(key(shouting)).toEqual(key(resources));
      }),
    );
  });

  it("gives the same report again", () => {
    fc.assert(
      fc.property(fc.array(anyChange, { maxLength: 5 }), (changes) => {
        const plan = planOf(changes.map(({ before, after }, index) => resourceOf(before, after, `t${index}`)));
        expect(JSON.stringify(reportOn(plan, { rules }))).toBe(JSON.stringify(reportOn(plan, { rules })));
      }),
    );
  });
});
