import { describe, expect, it } from "vitest";
import { isObject, Sensitive, Unknown, type Value } from "../../../expression/value.ts";
import { GateError } from "../../../diagnostics/gate-error.ts";
import type { Plan } from "../../../plan/plan.ts";
import { fileLocation } from "../../../plan/plan.ts";
import type { PlannedResource } from "../../../plan/planned-resource.ts";
import { parseResourceId } from "../../../plan/resource-id.ts";
import type { BicepCompiler, Expansion } from "../../../ports.ts";
import { withDisagreements } from "./disagreements.ts";
import { askSecondOpinion, type OpinionRequest, wantsSecondOpinion } from "./second-opinion.ts";

const TYPE = "Microsoft.CognitiveServices/accounts";
const ID = `/subscriptions/s/resourceGroups/rg/providers/${TYPE}/aoai`;
const ANY = new AbortController().signal;

function planOf(...bodies: readonly Value[]): Plan {
  const resources = bodies.map((after, index): PlannedResource => ({
    id: parseResourceId(`${ID}${index}`) ?? new Unknown("scope"),
    address: `account${index}`,
    type: TYPE,
    name: `aoai${index}`,
    apiVersion: "2024-10-01",
    changeType: "create",
    potential: false,
    outside: false,
    before: null,
    after,
    dependsOn: [],
  }));
  return {
    source: "bicep",
    scope: null,
    stateBasis: "none",
    resources,
    notAnalysed: [],
    notifications: [],
    outputs: {},
    locate: ({ address }) => fileLocation(address ?? "?"),
  };
}

const predicted = (index: number, body: object) => ({
  id: `${ID}${index}`,
  type: TYPE,
  name: `aoai${index}`,
  apiVersion: "2024-10-01",
  ...body,
});

const snapshotOf = (...resources: readonly object[]) => JSON.stringify({ predictedResources: resources });

function compiler(expand: (signal: AbortSignal) => Promise<Expansion>): BicepCompiler {
  return {
    compile: () => Promise.reject(new Error("not asked for")),
    expand: (_, signal) => expand(signal),
  };
}

const saying = (snapshot: string, readsEnvironment = false) => compiler(async () => ({ snapshot, readsEnvironment }));
const failing = (error: unknown) => compiler(() => Promise.reject(error));

function ask(plan: Plan, said: BicepCompiler, options: Partial<OpinionRequest> = {}) {
  const expansion = { path: "main.bicep", parameters: new Map(), scope: {} };
  return askSecondOpinion({ target: "main.bicep", plan, expansion, isExpected: true, ...options }, said, ANY);
}

const messages = ({ notifications }: { readonly notifications: readonly { readonly message: string }[] }) =>
  notifications.map(({ message }) => message);

describe("a second opinion", () => {
  it.each([
    ["cli", false, true],
    ["cli", true, true],
    ["auto", true, true],
    ["auto", false, false],
    ["native", true, false],
    ["native", false, false],
  ] as const)("is asked for with the front end %s, signed in %s: %s", (frontEnd, isSignedIn, expected) => {
    expect(wantsSecondOpinion(frontEnd, isSignedIn)).toBe(expected);
  });

  it("says how many resources are equal", async () => {
    const opinion = await ask(
      planOf({ kind: "a" }, { kind: "b" }),
      saying(snapshotOf(predicted(0, { kind: "a" }), predicted(1, { kind: "b" }))),
    );
    expect(opinion).toMatchObject({ agreement: { equal: 2, total: 2 }, differences: [] });
    expect(opinion.notifications).toEqual([
      { level: "note", code: "second-opinion", message: "main.bicep: 2 of 2 resources equal Microsoft's expansion" },
    ]);
  });

  it("names resource, path and both values", async () => {
    const plan = planOf({ properties: { disableLocalAuth: true, publicNetworkAccess: new Unknown("parameter") } });
    const theirs = predicted(0, {
      properties: { disableLocalAuth: false, publicNetworkAccess: "Enabled", extra: { a: [1] } },
    });
    expect(messages(await ask(plan, saying(snapshotOf(theirs))))).toEqual([
      "main.bicep: 0 of 1 resources equal Microsoft's expansion",
      "main.bicep: aoai0: properties.disableLocalAuth is true here and false in Microsoft's expansion",
      'main.bicep: aoai0: properties.publicNetworkAccess is unknown (parameter) here and "Enabled" in Microsoft\'s expansion',
      'main.bicep: aoai0: properties.extra is absent here and {"a":[1]} in Microsoft\'s expansion',
    ]);
  });

  it("names no more than a few differences", async () => {
    const members = (value: number) =>
      Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`p${index}`, value]));
    const opinion = await ask(
      planOf({ properties: members(1) }),
      saying(snapshotOf(predicted(0, { properties: members(2) }))),
    );
    expect(opinion.differences).toHaveLength(50);
    expect(messages(opinion)).toHaveLength(22);
    expect(messages(opinion).at(-1)).toBe("main.bicep: 30 further values differ from Microsoft's expansion");
  });

  it.each<[string, Value, unknown]>([
    ["what we call secret", new Sensitive("hunter22"), "hunter23"],
    ["what will be secret", new Unknown("key-vault", null, true), "hunter22"],
    ["what has a secret in it", "x", "prefix-hunter22-suffix"],
    ["what has a secret in it, deep inside", "x", { a: ["hunter22"] }],
    ["what has a secret in it, far behind", "x", `${"y".repeat(56)}hunter22`],
    ["what looks like a credential", "x", `AccountKey=${"hunter22".repeat(5)}`],
  ])("does not show %s", async (_, ours, theirs) => {
    const plan = planOf({ properties: { x: ours, y: new Sensitive("hunter22") } });
    const opinion = await ask(
      plan,
      saying(snapshotOf(predicted(0, { properties: { x: theirs, y: "[parameters('y')]" } }))),
    );
    expect(opinion.differences).toHaveLength(1);
    expect(JSON.stringify(opinion.notifications)).not.toMatch(/hunter|unte/);
    expect(messages(opinion)[1]).toContain("«secret»");
  });

  it("does not show what the type declares secret", async () => {
    const type = "Microsoft.Web/sites";
    const plan = planOf({ properties: {} });
    const [first] = plan.resources;
    const resources = first === undefined ? [] : [{ ...first, type }];
    const theirs = {
      ...predicted(0, {}),
      type,
      properties: { siteConfig: { appSettings: [{ name: "k", value: "hunter22" }] } },
    };
    const opinion = await ask({ ...plan, resources }, saying(snapshotOf(theirs)));
    expect(opinion.differences).toHaveLength(1);
    expect(JSON.stringify(opinion.notifications)).not.toContain("hunter22");
  });

  it("shows no value at all when the files read environment variables", async () => {
    const opinion = await ask(planOf({ kind: "ours" }), saying(snapshotOf(predicted(0, { kind: "theirs" })), true));
    expect(messages(opinion)[1]).toBe(
      "main.bicep: aoai0: kind differs; the values are not shown, because the files read environment variables",
    );
  });
});

describe("without an answer", () => {
  it.each<[string, unknown, string | null, boolean]>([
    ["no program", new GateError("BICEP_NOT_FOUND", "there is no Bicep CLI"), "there is no Bicep CLI", true],
    ["no program, and none expected", new GateError("BICEP_NOT_FOUND", "there is no Bicep CLI"), null, false],
    [
      "files that lead elsewhere",
      new GateError("BICEP_NOT_CONFINED", "not started for ../x"),
      "not started for ../x",
      false,
    ],
    ["a crash", new GateError("BICEP_CLI_FAILED", "ended with code 7"), "ended with code 7", false],
    [
      "a refusal",
      new GateError("BICEP_FAILED", "the value 'hunter22' is wrong", { serviceCode: "BCP036" }),
      "refuses the files (BCP036)",
      false,
    ],
    ["a defect", new TypeError("hunter22"), "its answer cannot be read", false],
  ])("says why: %s", async (_, error, reason, isExpected) => {
    const opinion = await ask(planOf({}), failing(error), { isExpected });
    expect(opinion).toMatchObject({ agreement: null, differences: [] });
    expect(JSON.stringify(opinion)).not.toContain("hunter22");
    if (reason === null) expect(opinion.notifications).toEqual([]);
    else {
      expect(opinion.notifications).toEqual([
        { level: "warning", code: "second-opinion-missing", message: expect.stringContaining(reason) as string },
      ]);
    }
  });

  it.each(["{", "{}", '{"predictedResources":{}}'])("says that it cannot be read: %s", async (snapshot) => {
    expect(messages(await ask(planOf({}), saying(snapshot)))).toEqual([
      "main.bicep was not compared with Microsoft's expansion: its answer cannot be read",
    ]);
  });

  it("waits no longer than it may", async () => {
    const never = compiler(
      (signal) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error))),
    );
    const keepAlive = setInterval(() => undefined, 1000);
    expect(messages(await ask(planOf({}), never, { timeoutMs: 50 }))).toEqual([
      "main.bicep was not compared with Microsoft's expansion: the Bicep CLI did not answer within 0.05 s",
    ]);
    clearInterval(keepAlive);
  });
});

describe("what differs", () => {
  async function doubted(plan: Plan, ...theirs: readonly object[]): Promise<Plan> {
    const { differences } = await ask(plan, saying(snapshotOf(...theirs)));
    return withDisagreements(plan, differences);
  }

  const doubt = expect.objectContaining({ reason: "evaluators-disagree" }) as Unknown;

  it("is unknown, and everything else as it was", async () => {
    const plan = planOf({ kind: "a", properties: { x: { y: [1, 2] }, z: 3 } }, { kind: "b" });
    const { resources } = await doubted(
      plan,
      predicted(0, { kind: "a", properties: { X: { y: [1, 5] }, z: 3 } }),
      predicted(1, { kind: "b" }),
    );
    expect(resources[0]?.after).toEqual({ kind: "a", properties: { x: { y: [1, doubt] }, z: 3 } });
    expect(resources[1]).toBe(plan.resources[1]);
  });

  it("is there when only they have it", async () => {
    const { resources } = await doubted(planOf({ kind: "a" }), predicted(0, { kind: "a", properties: { x: 1 } }));
    expect(resources[0]?.after).toEqual({ kind: "a", properties: doubt });
  });

  it("keeps the reason for which we do not know it", async () => {
    const { resources } = await doubted(planOf({ kind: new Unknown("key-vault") }), predicted(0, { kind: "a" }));
    expect(resources[0]?.after).toEqual({ kind: expect.objectContaining({ reason: "key-vault" }) as Unknown });
  });

  it("stays secret", async () => {
    const { resources } = await doubted(planOf({ kind: new Sensitive("a") }), predicted(0, { kind: "b" }));
    expect(resources[0]?.after).toEqual({
      kind: expect.objectContaining({ sensitive: true, reason: "evaluators-disagree" }) as Unknown,
    });
  });

  it("is the whole of a resource that only one side has", async () => {
    const plan = await doubted(planOf({ kind: "a" }), predicted(7, { kind: "b" }));
    expect(plan.resources.map(({ name, after, changeType }) => ({ name, after, changeType }))).toEqual([
      { name: "aoai0", after: doubt, changeType: "create" },
      { name: "aoai7", after: doubt, changeType: "create" },
    ]);
    expect(plan.notAnalysed.map(({ resource }) => resource)).toEqual([`${ID}0`, `${ID}7`]);
  });

  it("is the whole of a resource of which hardly anything is the same", async () => {
    const many = (value: number) => Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`p${index}`, value]));
    const { resources } = await doubted(planOf({ properties: many(1) }), predicted(0, { properties: many(2) }));
    expect(resources[0]?.after).toEqual(doubt);
  });

  it("does not take a name that every object inherits for one of its own", async () => {
    const theirs = JSON.parse(`{"properties":{"__proto__":1}}`) as object;
    const { resources } = await doubted(planOf({ properties: {} }), predicted(0, theirs));
    const { after } = resources[0] ?? {};
    const properties = isObject(after) ? after["properties"] : undefined;
    expect(Object.keys(properties ?? {})).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(properties)).toBe(Object.prototype);
  });

  it("is found at the line of its resource", async () => {
    const plan = await doubted(planOf({ kind: "a" }), predicted(0, { kind: "b" }), predicted(1, {}));
    expect(plan.resources.map((resource) => plan.locate(resource, []).file)).toEqual(["account0", null]);
  });
});
