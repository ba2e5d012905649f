import { describe, expect, it } from "vitest";
import { GateError } from "../diagnostics/gate-error.ts";
import { parseConfig } from "./parse-config.ts";

/** `CODE: message` of the refusal. */
function refusal(text: string): string {
  try {
    parseConfig(text, "portcullis.yml");
  } catch (error) {
    if (error instanceof GateError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "accepted";
}

describe("a configuration", () => {
  it.each([
    ["nothing", "", {}],
    ["comments only", "# yaml-language-server: $schema=x\n", {}],
    ["null", "null\n", {}],
    [
      "the policy",
      "profile: strict\nfailOn: low\ngate: all\nonOpen: block\nenforcement: advise\n",
      { profile: "strict", failOn: "low", gate: "all", onOpen: "block", enforcement: "advise" },
    ],
    [
      "a rule off",
      "rules:\n  network/openai-public-access: off\n",
      { rules: { "network/openai-public-access": "off" } },
    ],
    ["a rule re-graded", "rules:\n  a/b: { severity: info }\n", { rules: { "a/b": { severity: "info" } } }],
    [
      "options of any shape",
      "rules: { a/b: { options: { ceilings: { gpt-4o: 100 } } } }",
      { rules: { "a/b": { options: { ceilings: { "gpt-4o": 100 } } } } },
    ],
    [
      "a day",
      "waivers: [{ rule: a/b, reason: r, owner: o, expires: 2027-01-31 }]",
      { waivers: [{ rule: "a/b", reason: "r", owner: "o", expires: "2027-01-31" }] },
    ],
    [
      "a leap day",
      "waivers: [{ rule: a/b, reason: r, owner: o, expires: 2028-02-29 }]",
      { waivers: [{ rule: "a/b", reason: "r", owner: "o", expires: "2028-02-29" }] },
    ],
    ["JSON, which is YAML", '{ "failOn": "never" }', { failOn: "never" }],
    [
      "an alias",
      "waivers:\n  - &w { rule: a/b, reason: r, owner: o }\n  - *w\n",
      {
        waivers: [
          { rule: "a/b", reason: "r", owner: "o" },
          { rule: "a/b", reason: "r", owner: "o" },
        ],
      },
    ],
    ["line breaks of Windows", "failOn: low\r\ngate: all\r\n", { failOn: "low", gate: "all" }],
  ])("may hold %s", (_, text, expected) => {
    expect(parseConfig(text, "portcullis.yml").config).toEqual(expected);
  });

  it.each([
    ["a misspelt key", "failon: high\n", "portcullis.yml:1:1: unknown key failon; did you mean failOn?"],
    [
      "a misspelt key further down",
      "gate: new\nonOpne: guard\n",
      "portcullis.yml:2:1: unknown key onOpne; did you mean onOpen?",
    ],
    ["a key like no other", "zzzzzzzzzz: 1\n", "portcullis.yml:1:1: unknown key zzzzzzzzzz"],
    ["a key of another place", "rule: { a/b: off }\n", "portcullis.yml:1:1: unknown key rule; did you mean rules?"],
    [
      "a misspelt word",
      "failOn: hihg\n",
      'portcullis.yml:1:1: failOn is "hihg"; expected high, critical, medium, low, never; did you mean high?',
    ],
    [
      "a number for a word",
      "failOn: 3\n",
      "portcullis.yml:1:1: failOn is 3; expected high, critical, medium, low, never",
    ],
    [
      "an unknown profile",
      "profile: strickt\n",
      'portcullis.yml:1:1: profile is "strickt"; expected recommended, strict, network-isolated, sandbox; did you mean strict?',
    ],
    ["a list for a map", "rules: []\n", "portcullis.yml:1:1: rules is a list; expected a map"],
    ["a list for a rule", "rules:\n  a/b: []\n", "portcullis.yml:2:3: a/b is a list; expected a map"],
    [
      "a list for options",
      "rules:\n  a/b: { options: [] }\n",
      "portcullis.yml:2:10: options is a list; expected a map",
    ],
    ["a list for the platform", "platform: []\n", "portcullis.yml:1:1: platform is a list; expected a map"],
    ["a map for a list", "waivers: {}\n", "portcullis.yml:1:1: waivers is Object; expected Array"],
    ["a list at the top", "- failOn: high\n", "portcullis.yml:1:1: the file is a list; expected a map"],
    ["a text at the top", "failOn\n", 'portcullis.yml:1:1: the file is "failOn"; expected Object'],
    [
      "a severity that is none",
      "rules:\n  a/b:\n    severity: hgih\n",
      'portcullis.yml:3:5: severity is "hgih"; expected critical, high, medium, low, info; did you mean high?',
    ],
    [
      "a misspelt key of a rule",
      "rules:\n  a/b:\n    severty: high\n",
      "portcullis.yml:3:5: unknown key severty; did you mean severity?",
    ],
    ["a rule that is on", "rules:\n  a/b: on\n", 'portcullis.yml:2:3: a/b is "on"; expected off; did you mean off?'],
    ["a waiver without reason", "waivers:\n  - rule: a/b\n    owner: o\n", "portcullis.yml:2:5: reason is missing"],
    [
      "a waiver with an empty reason",
      'waivers:\n  - { rule: a/b, owner: o, reason: "" }\n',
      "portcullis.yml:2:28: reason: expected a reason",
    ],
    [
      "a waiver with a misspelt key",
      "waivers:\n  - rule: a/b\n    reson: x\n    owner: o\n",
      "portcullis.yml:3:5: unknown key reson; did you mean reason?",
    ],
    [
      "a waiver for no resource at all",
      'waivers:\n  - { rule: a/b, owner: o, reason: r, resource: "" }\n',
      "portcullis.yml:2:39: resource: expected a glob",
    ],
    [
      "a malformed day",
      "waivers:\n  - { rule: a/b, owner: o, reason: r, expires: 31.01.2027 }\n",
      "portcullis.yml:2:39: expires: expected a day, YYYY-MM-DD",
    ],
    [
      "a day that no month has",
      "waivers:\n  - { rule: a/b, owner: o, reason: r, expires: 2027-02-30 }\n",
      "portcullis.yml:2:39: expires: expected a day, YYYY-MM-DD",
    ],
    [
      "a month that no year has",
      "assume:\n  - { type: a/b, because: r, owner: o, expires: 2027-13-01 }\n",
      "portcullis.yml:2:40: expires: expected a day, YYYY-MM-DD",
    ],
    [
      "an unknown family",
      "platform: { privateDNS: policy }\n",
      "portcullis.yml:1:13: unknown key privateDNS; did you mean privateDns?",
    ],
    [
      "another word for a family",
      "platform: { privateDns: true }\n",
      "portcullis.yml:1:13: privateDns is true; expected policy",
    ],
    ["the same key twice", "gate: new\ngate: all\n", "portcullis.yml:2:1: Map keys must be unique"],
    ["broken YAML", "rules: {\n", "portcullis.yml:2:1: "],
    ["a tab for indentation", "rules:\n\ta: off\n", "portcullis.yml:2:1: "],
    ["an unknown alias", "gate: *x\n", "portcullis.yml:1:7: "],
  ])("may not hold %s", (_, text, message) => {
    const refused = refusal(text);
    expect(refused.slice(0, refused.indexOf(" ") + 1 + message.length)).toBe(`CONFIG_INVALID: ${message}`);
    if (!message.endsWith(" ")) expect(refused).toBe(`CONFIG_INVALID: ${message}`);
  });

  it.each(["targets: []", "customRules: []", "gate: new\ntargets:\n  - name: prod"])(
    "says what comes later: %j",
    (text) => {
      expect(refusal(text)).toMatch(/^NOT_AVAILABLE: portcullis\.yml:[12]:1: \w+ is not available yet$/);
    },
  );

  it("does not expand a bomb of aliases", () => {
    const levels = Array.from(
      { length: 12 },
      (_, level) => `a${level + 1}: &a${level + 1} [${`*a${level},`.repeat(10)}]`,
    );
    expect(refusal(`a0: &a0 [x]\n${levels.join("\n")}\n`)).toMatch(/^CONFIG_INVALID: portcullis\.yml:1:1: /);
  });

  it("points at keys and values", () => {
    const { placeOf } = parseConfig(
      "rules:\n  a/b: off\nwaivers:\n  - rule: a/b\n    reason: r\n    owner: o\n",
      "x.yml",
    );
    expect([placeOf([]), placeOf(["rules", "a/b"]), placeOf(["waivers", 0]), placeOf(["waivers", 0, "owner"])]).toEqual(
      ["x.yml:1:1", "x.yml:2:3", "x.yml:4:5", "x.yml:6:5"],
    );
    expect(placeOf(["waivers", 7, "owner"])).toBe("x.yml:3:1");
  });
});
