import { describe, expect, it } from "vitest";
import { GateError } from "../diagnostics/gate-error.ts";
import { COMMANDS, FORMATS, INPUTS } from "./catalogue.ts";
import { parseArguments } from "./parse-arguments.ts";

function refusal(...argv: readonly string[]): string {
  try {
    parseArguments(argv);
  } catch (error) {
    if (error instanceof GateError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "accepted";
}

const parsed = (...argv: readonly string[]) => {
  const { command, operands, outputs } = parseArguments(argv);
  return { command, operands, outputs };
};
const TEXT = [{ format: "text", file: null }];

describe("the command line", () => {
  it.each([
    [[], { command: "check", operands: [], outputs: TEXT }],
    [["a.json"], { command: "check", operands: ["a.json"], outputs: TEXT }],
    [["check", "a.json", "b"], { command: "check", operands: ["a.json", "b"], outputs: TEXT }],
    [["check", "check"], { command: "check", operands: ["check"], outputs: TEXT }],
    [["plan", "a.json"], { command: "plan", operands: ["a.json"], outputs: TEXT }],
    [["rules", "a/b"], { command: "rules", operands: ["a/b"], outputs: TEXT }],
    [["merge", "a", "b"], { command: "merge", operands: ["a", "b"], outputs: TEXT }],
    [["--gate", "all", "a"], { command: "check", operands: ["a"], outputs: TEXT }],
    [["a", "--gate=all"], { command: "check", operands: ["a"], outputs: TEXT }],
    [["check", "--", "--gate"], { command: "check", operands: ["--gate"], outputs: TEXT }],
    [["--format", "json"], { command: "check", operands: [], outputs: [{ format: "json", file: null }] }],
    [
      ["--format", "json=a=b.json", "--format=sarif=x.sarif"],
      {
        command: "check",
        operands: [],
        outputs: [
          { format: "json", file: "a=b.json" },
          { format: "sarif", file: "x.sarif" },
        ],
      },
    ],
    [["--help"], { command: "help", operands: [], outputs: [] }],
    [["-h"], { command: "help", operands: [], outputs: [] }],
    [["help"], { command: "help", operands: [], outputs: [] }],
    [["plan", "--help"], { command: "help", operands: [], outputs: [] }],
    [["deploy", "--help"], { command: "help", operands: [], outputs: [] }],
    [["--version"], { command: "version", operands: [], outputs: [] }],
  ])("%j", (argv, expected) => {
    expect(parsed(...argv)).toEqual(expected);
  });

  it("gives the values of options", () => {
    const args = parseArguments(["a", "--fail-on", "low", "--all-outcomes", "--as-of", "2026-01-01"]);
    expect([args.value("fail-on"), args.value("as-of"), args.value("gate")]).toEqual(["low", "2026-01-01", undefined]);
    expect([args.isSet("all-outcomes"), args.isSet("quiet")]).toEqual([true, false]);
  });

  it.each([
    [["--fail-no", "low"], "USAGE: unknown option --fail-no; did you mean fail-on?"],
    [["--frobnicate"], "USAGE: unknown option --frobnicate"],
    [
      ["--fail-on", "hihg"],
      "USAGE: --fail-on is hihg; expected high, critical, medium, low, never; did you mean high?",
    ],
    [
      ["--fail-on", "HIGH"],
      "USAGE: --fail-on is HIGH; expected high, critical, medium, low, never; did you mean high?",
    ],
    [["--gate", "some"], "USAGE: --gate is some; expected new, touched, all"],
    [["--gate="], "USAGE: --gate has no value"],
    [["--config="], "USAGE: --config has no value"],
    [["--gate", "new", "--gate", "all"], "USAGE: --gate is given 2 times"],
    [
      ["--format", "jsno"],
      `USAGE: --format is jsno; expected ${FORMATS.join(", ")}, each with =FILE if wanted; did you mean json?`,
    ],
    [
      ["--format", "json="],
      `USAGE: --format is json=; expected ${FORMATS.join(", ")}, each with =FILE if wanted; did you mean json?`,
    ],
    [["--format", "html"], "NOT_AVAILABLE: --format html is not available yet"],
    [["rules", "--gate", "all"], "USAGE: --gate does not belong to portcullis rules"],
    [["plan", "--fail-on", "low"], "USAGE: --fail-on does not belong to portcullis plan"],
    [["--mode", "deploy"], "USAGE: unknown option --mode"],
    [["--bicep", "none"], "USAGE: --bicep is none; expected auto, native, cli"],
    [["--what-if"], "NOT_AVAILABLE: --what-if is not available yet"],
    [["--context", "snapshot.json"], "NOT_AVAILABLE: --context is not available yet"],
  ])("refuses %j", (argv, message) => {
    expect(refusal(...argv)).toBe(message);
  });

  it("refuses an option without its value", () => {
    expect(refusal("--gate")).toMatch(/^USAGE: Option '--gate <value>' argument missing$/);
    expect(refusal("--quiet=yes")).toMatch(/^USAGE: Option '--quiet' does not take an argument$/);
  });

  it("takes the value that works of an input that does not yet", () => {
    expect(parseArguments(["--context", "none", "--targets", "all"]).value("context")).toBe("none");
  });

  it.each(COMMANDS.filter(({ later }) => later === true).map(({ name }) => name))(
    "says that %s comes later",
    (name) => {
      expect(refusal(name)).toBe(`NOT_AVAILABLE: portcullis ${name} is not available yet`);
    },
  );
});

describe("the table of inputs", () => {
  const options = INPUTS.filter(({ commands }) => commands !== undefined);

  it.each(options.map((input) => [input.name, input] as const))(
    "%s is an option of its commands, or one that comes later",
    (name, input) => {
      const word = input.values?.[0] ?? (name === "format" ? "json" : "2026-01-01");
      const flags = input.argument === undefined ? [`--${name}`] : [`--${name}`, word];
      for (const { name: command, later } of COMMANDS) {
        if (later === true) continue;
        const answer = refusal(command, ...flags);
        if (input.later !== undefined && word !== input.works)
          expect(answer).toBe(`NOT_AVAILABLE: --${name} is not available yet`);
        else
          expect(answer).toBe(
            input.commands?.includes(command) === true
              ? "accepted"
              : `USAGE: --${name} does not belong to portcullis ${command}`,
          );
      }
    },
  );

  it("has names in kebab-case, each once, and a description for each", () => {
    expect(new Set(INPUTS.map(({ name }) => name)).size).toBe(INPUTS.length);
    for (const { name, description, default: fallback, values } of INPUTS) {
      expect(name).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
      expect(description.length).toBeGreaterThan(5);
      if (fallback !== undefined && values !== undefined) expect(values).toContain(fallback);
    }
  });
});
