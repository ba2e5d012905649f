import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { flagRule } from "../../test/support/synthetic-rules.ts";
import { GateError } from "../diagnostics/gate-error.ts";
import { sha256 } from "../lib/sha256.ts";
import type { Rule } from "../rules/define-rule.ts";
import { loadSettings, type SettingsRequest } from "./load-settings.ts";

const DAY = "2026-06-15";
const RULES: readonly Rule[] = [
  flagRule({ id: "test/plain", equivalents: { checkov: ["CKV_1"] }, aliases: ["test/former"] }),
  flagRule({ id: "test/strict-only", profiles: ["strict"] }),
  flagRule({ id: "test/twin-a", equivalents: { checkov: ["CKV_2"] } }),
  flagRule({ id: "test/twin-b", equivalents: { checkov: ["CKV_2"] } }),
  flagRule({ id: "test/needs-list", needsOptions: true, options: v.strictObject({ allowed: v.array(v.string()) }) }),
  flagRule({ id: "test/has-option", options: v.strictObject({ limit: v.optional(v.number(), 5) }) }),
];

interface Written {
  readonly base?: string;
  readonly head?: string;
  readonly approvedBy?: readonly string[];
  readonly overrides?: SettingsRequest["overrides"];
  readonly asOf?: string;
}

function load({ base, head, approvedBy, overrides, asOf }: Written) {
  const file = (text: string | undefined) => (text === undefined ? null : { name: "portcullis.yml", text });
  return loadSettings({
    rules: RULES,
    config: file(base),
    proposed: file(head),
    approvedBy: approvedBy ?? [],
    overrides: overrides ?? {},
    asOf: asOf ?? DAY,
  });
}

const idsOf = async (written: Written) => (await load(written)).settings.rules.map(({ rule }) => rule.id);

async function refusal(written: Written): Promise<string> {
  const error: unknown = await load(written).catch((thrown: unknown) => thrown);
  return error instanceof GateError ? `${error.code}: ${error.message}` : "accepted";
}

describe("the policy", () => {
  it("has defaults", async () => {
    const { settings, notifications } = await load({});
    expect(settings.policy).toEqual({ failOn: "high", gate: "new", onOpen: "guard", enforcement: "block" });
    expect(settings).toMatchObject({
      profile: "recommended",
      config: null,
      configSha: null,
      rulesOff: [],
      waivers: [],
    });
    expect(notifications).toEqual([]);
  });

  it("is that of the file, and options win over it", async () => {
    const base = "failOn: low\ngate: all\nprofile: strict\n";
    const { settings } = await load({ base, overrides: { gate: "touched" } });
    expect(settings.policy).toEqual({ failOn: "low", gate: "touched", onOpen: "guard", enforcement: "block" });
    expect(settings).toMatchObject({ profile: "strict", config: "portcullis.yml", configSha: sha256(base) });
    expect((await load({ base, overrides: { profile: "sandbox" } })).settings.profile).toBe("sandbox");
  });
});

describe("which rules run", () => {
  it("are those of the profile that need no options", async () => {
    expect(await idsOf({})).toEqual(["test/plain", "test/twin-a", "test/twin-b", "test/has-option"]);
    expect(await idsOf({ overrides: { profile: "strict" } })).toEqual(["test/strict-only"]);
    expect((await load({})).settings.unconfigured.map(({ id }) => id)).toEqual(["test/needs-list"]);
  });

  it.each([
    ["by its id", "test/plain"],
    ["by a former id", "test/former"],
    ["by the id of another scanner", "CKV_1"],
    ["in other letter case", "ckv_1"],
  ])("loses one that is off %s", async (_, name) => {
    const written = { base: `rules: { ${name}: off }` };
    expect(await idsOf(written)).not.toContain("test/plain");
    expect((await load(written)).settings.rulesOff).toEqual(["test/plain"]);
  });

  it("gains one that the configuration names though the profile lacks it", async () => {
    expect(await idsOf({ base: "rules: { test/strict-only: { severity: low } }" })).toContain("test/strict-only");
  });

  it("gains one whose options are given", async () => {
    const { settings } = await load({ base: "rules: { test/needs-list: { options: { allowed: [a] } } }" });
    expect(settings.unconfigured).toEqual([]);
    expect(settings.rules.find(({ rule }) => rule.id === "test/needs-list")?.options).toEqual({ allowed: ["a"] });
  });

  it("take severities and option defaults", async () => {
    const { settings } = await load({ base: "rules: { CKV_1: { severity: critical } }" });
    expect(settings.rules.map(({ severity }) => severity)).toEqual(["critical", "high", "high", "high"]);
    expect(settings.severityOverrides).toMatchObject([{ from: "high", to: "critical" }]);
    expect(settings.rules.at(-1)?.options).toEqual({ limit: 5 });
  });

  it.each([
    [
      "no rule's name",
      "rules:\n  test/plian: off",
      "portcullis.yml:2:3: no rule is called test/plian; did you mean test/plain?",
    ],
    [
      "a name of several",
      "rules:\n  CKV_2: off",
      "portcullis.yml:2:3: CKV_2 stands for several rules (test/twin-a, test/twin-b); name one",
    ],
    [
      "options of a rule without any",
      "rules:\n  test/plain: { options: { a: 1 } }",
      "portcullis.yml:2:3: test/plain has no options",
    ],
    [
      "options of another type",
      "rules:\n  test/has-option: { options: { limit: x } }",
      "portcullis.yml:2:3: options of test/has-option: limit: ",
    ],
    [
      "unknown options",
      "rules:\n  test/has-option: { options: { limits: 1 } }",
      "portcullis.yml:2:3: options of test/has-option: limits: ",
    ],
    [
      "options that are incomplete",
      "rules:\n  test/needs-list: { options: {} }",
      "portcullis.yml:2:3: options of test/needs-list: allowed: ",
    ],
  ])("may not be set by %s", async (_, base, message) => {
    const refused = await refusal({ base });
    expect(refused.slice(0, `CONFIG_INVALID: ${message}`.length)).toBe(`CONFIG_INVALID: ${message}`);
  });
});

const waivers = (...rows: readonly string[]) =>
  `waivers:\n${rows.map((row) => `  - { reason: r, owner: "@o", ${row} }\n`).join("")}`;

describe("waivers", () => {
  it("stand until the end of their last day", async () => {
    const base = waivers("rule: test/plain, expires: 2026-06-15");
    const statusOn = async (asOf: string) => (await load({ base, asOf })).settings.waivers.map(({ status }) => status);
    expect(await statusOn("2026-06-14")).toEqual(["active"]);
    expect(await statusOn("2026-06-15")).toEqual(["active"]);
    expect(await statusOn("2026-06-16")).toEqual(["expired"]);
  });

  it("that have expired are said", async () => {
    const { notifications } = await load({ base: waivers("rule: test/plain, expires: 2026-01-01") });
    expect(notifications).toEqual([
      {
        level: "warning",
        code: "waiver-expired",
        message: "The waiver of test/plain at portcullis.yml:2:5 expired on 2026-01-01",
      },
    ]);
  });

  it("keep where they are written, and for whom", async () => {
    const { settings } = await load({ base: waivers('rule: CKV_1, resource: "**/a"') });
    expect(settings.waivers).toEqual([
      {
        ruleIds: ["test/plain"],
        resource: "**/a",
        reason: "r",
        owner: "@o",
        expires: null,
        approvedBy: null,
        source: "portcullis.yml:2:5",
        status: "active",
      },
    ]);
  });

  it("for an id of several rules name their resource", async () => {
    expect(await refusal({ base: waivers("rule: CKV_2") })).toBe(
      "CONFIG_INVALID: portcullis.yml:2:5: CKV_2 stands for several rules (test/twin-a, test/twin-b); name the resource",
    );
    const { settings } = await load({ base: waivers('rule: CKV_2, resource: "**/a"') });
    expect(settings.waivers[0]?.ruleIds).toEqual(["test/twin-a", "test/twin-b"]);
  });

  it("of an unknown rule are refused", async () => {
    expect(await refusal({ base: waivers("rule: CKV_9") })).toMatch(
      /^CONFIG_INVALID: portcullis.yml:2:5: no rule is called CKV_9/,
    );
  });
});

describe("a change of the configuration under review", () => {
  const base = 'approvers: ["@Security", "lead"]\n';
  const head = base + waivers("rule: test/plain");
  const statusOf = async (written: Written) =>
    (await load(written)).settings.waivers.map(({ status, approvedBy }) => [status, approvedBy]);

  it.each([
    ["nobody has approved", [], [["proposed", null]]],
    ["somebody else has approved", ["author", "colleague"], [["proposed", null]]],
    ["an approver has approved", ["colleague", "lead"], [["active", "lead"]]],
    ["letter case of the login differs", ["SECURITY"], [["active", "SECURITY"]]],
  ])("only proposes its waivers: %s", async (_, approvedBy, expected) => {
    expect(await statusOf({ base, head, approvedBy })).toEqual(expected);
  });

  it("cannot name its own approvers", async () => {
    expect(await statusOf({ base: "gate: new\n", head, approvedBy: ["lead"] })).toEqual([["proposed", null]]);
    expect(await statusOf({ head, approvedBy: ["lead"] })).toEqual([["proposed", null]]);
  });

  it("does not propose what the base has already, however it is written", async () => {
    const reordered = 'waivers:\n  - owner: "@o"\n    rule: test/plain\n    reason: r\n';
    expect(await statusOf({ base: waivers("rule: test/plain"), head: reordered })).toEqual([["active", null]]);
  });

  it("proposes a waiver anew whose end it moves", async () => {
    const written = {
      base: waivers("rule: test/plain, expires: 2026-01-01"),
      head: waivers("rule: test/plain, expires: 2027-01-01"),
    };
    expect(await statusOf(written)).toEqual([
      ["expired", null],
      ["proposed", null],
    ]);
  });

  it("counts for nothing else", async () => {
    const weaker =
      "failOn: never\ngate: new\nprofile: sandbox\nenforcement: advise\nonOpen: allow\nrules: { test/plain: off }\nassume: [{ type: a/b, because: b, owner: o }]\nplatform: { defender: policy }\n";
    const { settings: before } = await load({ base });
    const { settings: after } = await load({ base, head: weaker });
    expect(after).toEqual(before);
  });

  it("does not lose a waiver that it removes, until it is merged", async () => {
    expect(await statusOf({ base: head, head: base })).toEqual([["active", null]]);
  });

  it("is refused when it cannot be read", async () => {
    expect(await refusal({ base, head: "gate: nwe" })).toMatch(/^CONFIG_INVALID/);
  });
});

describe("what the plan cannot see", () => {
  it("is vouched for until the end of its last day", async () => {
    const base =
      "assume:\n  - { type: A/b, name: n, because: x, owner: o, expires: 2026-06-15 }\n  - { type: A/c, because: x, owner: o }\n";
    const on = async (asOf: string) => load({ base, asOf });
    expect((await on("2026-06-15")).settings.assumptions.map(({ type, name }) => [type, name])).toEqual([
      ["A/b", "n"],
      ["A/c", null],
    ]);
    const later = await on("2026-06-16");
    expect(later.settings.assumptions.map(({ type }) => type)).toEqual(["A/c"]);
    expect(later.notifications).toEqual([
      { level: "warning", code: "assumption-expired", message: "The assumption about A/b expired on 2026-06-15" },
    ]);
  });

  it("is what the platform deploys", async () => {
    const { settings } = await load({ base: "platform: { defender: policy, budgets: policy }" });
    expect([...settings.platform]).toEqual(["defender", "budgets"]);
  });
});
