import { describe, expect, it } from "vitest";
import { GateError } from "../diagnostics/gate-error.ts";
import { INPUTS } from "./catalogue.ts";
import { type HostInputs, parseHostInputs } from "./parse-host-inputs.ts";

function read(given: Readonly<Record<string, string>>, host: "action" | "task" = "action"): HostInputs {
  return parseHostInputs(host, (name) => given[name] ?? "");
}

function refusal(given: Readonly<Record<string, string>>, host: "action" | "task" = "action"): string {
  try {
    read(given, host);
  } catch (error) {
    if (error instanceof GateError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "accepted";
}

describe("the inputs of a step", () => {
  it("have defaults", () => {
    const inputs = read({});
    expect(
      ["mode", "comment", "offline", "azure-cloud", "fail-on", "config"].map((name) => inputs.value(name)),
    ).toEqual(["check", "always", "auto", "AzureCloud", undefined, undefined]);
  });

  it("take no default that the workflow should have worked out", () => {
    expect(read({}).value("github-token")).toBeUndefined();
  });

  it("are trimmed; blank is not given", () => {
    expect(read({ "fail-on": " low\n" }).value("fail-on")).toBe("low");
    expect(read({ "fail-on": "  " }).value("fail-on")).toBeUndefined();
    expect(read({ comment: " " }).value("comment")).toBe("always");
  });

  it("are lines where they list something", () => {
    expect(read({ plan: " a.json \r\n\r\n  out/*.json\n" }).lines("plan")).toEqual(["a.json", "out/*.json"]);
    expect(read({ parameters: "a=1\nb=x=y" }).lines("parameters")).toEqual(["a=1", "b=x=y"]);
    expect(read({}).lines("plan")).toEqual([]);
  });

  it.each([
    [
      { "fail-on": "hgih" },
      "USAGE: the input fail-on is hgih; expected high, critical, medium, low, never; did you mean high?",
    ],
    [
      { comment: "Always" },
      "USAGE: the input comment is Always; expected always, on-findings, never; did you mean always?",
    ],
    [{ mode: "deploy" }, "NOT_AVAILABLE: mode: deploy is not available yet"],
    [{ mode: "chekc" }, "USAGE: the input mode is chekc; expected check, deploy; did you mean check?"],
    [{ context: "snapshot.json" }, "NOT_AVAILABLE: the input context is not available yet"],
    [{ "html-file": "a.html" }, "NOT_AVAILABLE: the input html-file is not available yet"],
  ])("refuse %j", (given, message) => {
    expect(refusal(given)).toBe(message);
  });

  it("take the value that works of an input that does not yet", () => {
    expect(read({ context: "none", targets: "all" }).value("context")).toBe("none");
  });

  it("are only those that the host has", () => {
    expect(read({ "azure-subscription": "x" }).value("azure-subscription")).toBeUndefined();
    expect(read({ "azure-subscription": "x" }, "task").value("azure-subscription")).toBe("x");
    expect(read({ "client-id": "x" }, "task").value("client-id")).toBeUndefined();
    expect(read({ template: "main.bicep" }).value("template")).toBe("main.bicep");
  });

  it.each(INPUTS.filter(({ hosts, values }) => hosts !== undefined && values !== undefined).map(({ name }) => name))(
    "refuse another word for %s",
    (name) => {
      for (const host of ["action", "task"] as const)
        expect(refusal({ [name]: "no-such-word" }, host)).toMatch(/^USAGE: the input /);
    },
  );
});
