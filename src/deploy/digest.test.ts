import { describe, expect, it } from "vitest";
import { planned, planOf } from "../../test/support/plans.ts";
import { account, deployment, storageAccount } from "../../test/support/resources.ts";
import { Sensitive, Unknown } from "../expression/value.ts";
import type { DeploymentScope, Plan } from "../plan/plan.ts";
import type { PlannedResource } from "../plan/planned-resource.ts";
import { planDigests, runDigest } from "./digest.ts";

const declaredDigest = (plan: Plan) => planDigests(plan).digest;
const liveDigest = (plan: Plan) => planDigests(plan).liveDigest;

const body = account({ disableLocalAuth: true, networkAcls: { defaultAction: "Deny", ipRules: [{ value: "a" }] } });
const create = planned({ after: body });
const base = planOf([create, planned({ after: deployment() })]);
const scope: DeploymentScope = { kind: "resourceGroup", subscriptionId: "ABC", resourceGroup: "RG" };

/** The base plan with its account replaced. */
const withAccount = (changes: Partial<PlannedResource>): Plan =>
  planOf([{ ...create, ...changes }, ...base.resources.slice(1)]);
const withProperties = (properties: Parameters<typeof account>[0]): Plan => withAccount({ after: account(properties) });

describe("declared digest", () => {
  it("is a SHA-256", () => {
    expect(declaredDigest(base)).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it.each<readonly [string, Plan]>([
    ["the same again", planOf([...base.resources])],
    ["another order of resources", planOf([...base.resources].reverse())],
    [
      "another order of members",
      withAccount({
        after: { properties: body["properties"] ?? null, sku: body["sku"] ?? null, kind: "OpenAI", ...body },
      }),
    ],
    [
      "the id in other letter case",
      planOf([planned({ after: { ...body, id: body.id.toUpperCase() } }), ...base.resources.slice(1)]),
    ],
    ["the type in other letter case", withAccount({ type: create.type.toUpperCase() })],
    ["another body before", withAccount({ before: account({ disableLocalAuth: false }), changeType: "modify" })],
    [
      "something beside the deployment",
      planOf([
        ...base.resources,
        planned({ before: storageAccount(), after: storageAccount(), changeType: "ignore", outside: true }),
      ]),
    ],
    ["something that goes", planOf([...base.resources, planned({ before: storageAccount() })])],
    ["another place to report", { ...base, locate: () => ({ ...base.locate(create, []), file: "elsewhere.json" }) }],
    ["notes about the plan", { ...base, notifications: [{ level: "note", code: "x", message: "y" }] }],
  ])("does not change with %s", (_, plan) => {
    expect(declaredDigest(plan)).toBe(declaredDigest(base));
  });

  it.each<readonly [string, Plan]>([
    ["a value", withProperties({ disableLocalAuth: false })],
    ["a value that becomes a text", withProperties({ disableLocalAuth: "true" })],
    ["null in place of nothing", withAccount({ after: { ...body, identity: null } })],
    ["an empty object in place of nothing", withAccount({ after: { ...body, tags: {} } })],
    [
      "a member of an array less",
      withProperties({ disableLocalAuth: true, networkAcls: { defaultAction: "Deny", ipRules: [] } }),
    ],
    ["the API version", withAccount({ apiVersion: "2020-01-01" })],
    [
      "the name",
      planOf([
        planned({ after: { ...body, id: body.id.replace(/aoai$/, "other"), name: "other" } }),
        ...base.resources.slice(1),
      ]),
    ],
    ["another resource", planOf([...base.resources, planned({ after: storageAccount() })])],
    ["one resource less", planOf(base.resources.slice(1))],
    ["the same resource twice", planOf([...base.resources, create])],
    ["the scope", { ...base, scope }],
    ["a body that cannot be seen", withAccount({ after: new Unknown("not-reported") })],
  ])("changes with %s", (_, plan) => {
    expect(declaredDigest(plan)).not.toBe(declaredDigest(base));
  });

  it("takes an unknown by its expression", () => {
    const digest = (unknown: Unknown) => declaredDigest(withProperties({ x: unknown }));
    expect(digest(new Unknown("parameter", "a"))).toBe(digest(new Unknown("runtime-function", "a")));
    expect(digest(new Unknown("parameter", "a"))).not.toBe(digest(new Unknown("parameter", "b")));
  });

  it("does not depend on a secret's value, only on its being there", () => {
    const digest = (value: Sensitive | string) => declaredDigest(withProperties({ x: value }));
    expect(digest(new Sensitive("one"))).toBe(digest(new Sensitive("two")));
    expect(digest(new Sensitive("one"))).not.toBe(digest("one"));
  });

  it("does not mind the letter case of the scope", () => {
    const lower: DeploymentScope = { resourceGroup: "rg", kind: "resourceGroup", subscriptionId: "abc" };
    expect(declaredDigest({ ...base, scope })).toBe(declaredDigest({ ...base, scope: lower }));
    expect(declaredDigest({ ...base, scope })).not.toBe(
      declaredDigest({ ...base, scope: { ...scope, resourceGroup: "RG2" } }),
    );
  });

  it("is taken over template and parameters where the plan has them", () => {
    const declaration = { template: { resources: [], a: 1 }, parameters: { p: { value: 1 } } };
    const digest = (changes: object, resources = base.resources) =>
      declaredDigest({ ...base, resources, declaration: { ...declaration, ...changes } });
    expect(digest({})).toBe(digest({ template: { a: 1, resources: [] } }));
    expect(digest({})).toBe(digest({}, []));
    expect(digest({})).not.toBe(digest({ template: { resources: [], a: 2 } }));
    expect(digest({})).not.toBe(digest({ parameters: { p: { value: 2 } } }));
    expect(digest({})).not.toBe(declaredDigest(base));
  });
});

describe("live digest", () => {
  const live = planOf([planned({ before: body, after: body, changeType: "modify" })]);
  const changed = (changes: Partial<PlannedResource>) =>
    planOf(live.resources.map((item) => ({ ...item, ...changes })));

  it("changes with the values before and with the change type", () => {
    expect(liveDigest(changed({ before: account() }))).not.toBe(liveDigest(live));
    expect(liveDigest(changed({ changeType: "noChange" }))).not.toBe(liveDigest(live));
  });

  it("does not change with what is declared", () => {
    expect(liveDigest(changed({ after: account() }))).toBe(liveDigest(live));
  });
});

describe("digest of a run", () => {
  const a = { name: "a", digest: "sha256:1" };
  const b = { name: "b", digest: "sha256:2" };

  it("does not mind the order of the targets", () => {
    expect(runDigest([a, b])).toBe(runDigest([b, a]));
  });

  it.each([
    ["a digest", [{ ...a, digest: "sha256:3" }, b]],
    ["a target less", [a]],
    ["a target that was not judged", [{ ...a, digest: null }, b]],
  ])("changes with %s", (_, targets) => {
    expect(runDigest(targets)).not.toBe(runDigest([a, b]));
  });
});
