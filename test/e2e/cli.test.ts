import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { INPUTS } from "../../src/inputs/catalogue.ts";
import { RULES } from "../../src/rules/index.ts";
import { VERSION } from "../../src/version.ts";
import { runCli } from "./support/run-bundle.ts";

const INSECURE = "examples/what-if/keys-back-on.json";
const HARMLESS = "examples/what-if/tag-added.json";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "portcullis-cli-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface JsonReport {
  readonly verdict: string;
  readonly digest: string;
  readonly targets: readonly {
    readonly name: string;
    readonly status: string;
    readonly error: { readonly code: string } | null;
  }[];
  readonly findings: readonly { readonly ruleId: string }[];
  readonly summary: { readonly new: number };
}

function parse(text: string): JsonReport {
  return JSON.parse(text) as JsonReport;
}

describe("check", () => {
  it("blocks an insecure change and says what to do", async () => {
    const { code, stdout, stderr } = await runCli(["check", INSECURE]);
    expect(code).toBe(1);
    expect(stdout).toContain("BLOCKED");
    expect(stdout).toContain("properties.disableLocalAuth = true");
    expect(stderr).toBe("");
  });

  it("is the default command", async () => {
    expect((await runCli([HARMLESS])).code).toBe(0);
  });

  it("prints only what was asked for", async () => {
    const { stdout } = await runCli(["check", INSECURE, "--format", "json"]);
    expect(parse(stdout).verdict).toBe("block");
  });

  it("writes several formats at once, each whole", async () => {
    const at = (name: string) => join(folder, name);
    const formats = [
      `json=${at("r.json")}`,
      `sarif=${at("r.sarif")}`,
      `junit=${at("r.xml")}`,
      `markdown=${at("r.md")}`,
      `github=${at("r.txt")}`,
    ].flatMap((format) => ["--format", format]);
    const { code, stdout } = await runCli(["check", INSECURE, ...formats]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(parse(readFileSync(at("r.json"), "utf8")).verdict).toBe("block");
    expect(readFileSync(at("r.txt"), "utf8")).toMatch(/^::error title=/);
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("gives the same bytes for the same inputs", async () => {
    const [first, second] = await Promise.all([
      runCli([INSECURE, "--format", "json"]),
      runCli([INSECURE, "--format", "json"]),
    ]);
    expect(first.stdout).toBe(second.stdout);
  });

  it("judges several files and keeps them apart", async () => {
    const { code, stdout } = await runCli([INSECURE, HARMLESS, "--format", "json"]);
    expect(code).toBe(1);
    expect(parse(stdout).targets.map(({ name }) => name)).toEqual([INSECURE, HARMLESS]);
  });

  it("searches a folder", async () => {
    const { code, stdout } = await runCli(["examples/what-if", "--format", "json"]);
    expect(code).toBe(1);
    expect(parse(stdout).targets.length).toBeGreaterThan(1);
  });

  it("advises without stopping", async () => {
    expect((await runCli([INSECURE, "--enforcement", "advise"])).code).toBe(0);
  });

  it.each([
    [["--fail-on", "never"], 0],
    [["--fail-on", "critical"], 1],
    [["--on-open", "block", "--fail-on", "never"], 4],
  ])("obeys %j", async (options, expected) => {
    expect((await runCli([INSECURE, ...options])).code).toBe(expected);
  });

  it("counts what a baseline lists as existing", async () => {
    const baseline = join(folder, "baseline.json");
    await runCli([INSECURE, "--format", `json=${baseline}`]);
    const { code, stdout } = await runCli([INSECURE, "--baseline", baseline, "--format", "json"]);
    expect(code).toBe(0);
    expect(parse(stdout).summary.new).toBe(1); // the capacity jump: transitions are always new
  });

  it("takes the nearest configuration", async () => {
    const project = mkdtempSync(join(folder, "project-"));
    writeFileSync(join(project, "portcullis.yml"), "failOn: never\n");
    const file = join(process.cwd(), INSECURE);
    expect((await runCli([file], { cwd: project })).code).toBe(0);
  });
});

describe("bad input", () => {
  it.each([
    [["missing.json"], "SOURCE_NOT_FOUND: missing.json does not exist"],
    [["package.json"], "SOURCE_UNRECOGNISED: package.json is JSON, but not a plan document"],
    [["README.md"], "SOURCE_UNRECOGNISED"],
    [["docs"], "SOURCE_NOTHING_DEPLOYABLE: docs holds nothing deployable"],
    [[HARMLESS, "--fail-an", "high"], "unknown option --fail-an; did you mean fail-on?"],
    [[HARMLESS, "--fail-on", "hi"], "--fail-on is hi; expected"],
    [[HARMLESS, "--format", "yaml"], "--format is yaml"],
    [[HARMLESS, "--format", "html"], "not available yet"],
    [[HARMLESS, "--base", "main"], "--base is not available yet"],
    [["deploy", HARMLESS], "portcullis deploy is not available yet"],
    [[HARMLESS, "--config", "none.yml"], "CONFIG_NOT_FOUND"],
    [[HARMLESS, "--as-of", "tomorrow"], "--as-of is tomorrow"],
    [["merge"], "needs at least one report"],
    [["merge", HARMLESS], "REPORT_INVALID"],
    [["rules", "no/such-rule"], "no rule is called no/such-rule"],
  ])("%j ends with 2 and one message", async (args, message) => {
    const { code, stdout, stderr } = await runCli(args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stdout + stderr).not.toMatch(/\n\s+at /);
  });

  it("still writes the report when a file cannot be judged", async () => {
    const { code, stdout } = await runCli(["missing.json", "--format", "json"]);
    expect(code).toBe(2);
    expect(parse(stdout)).toMatchObject({
      verdict: "notJudged",
      targets: [{ status: "notJudged", error: { code: "SOURCE_NOT_FOUND" } }],
    });
  });
});

describe("a reader that goes away", () => {
  it.each([
    [["check", INSECURE], 1],
    [["check", "none.json"], 2],
  ])("leaves the exit code of %j as it is", async (args, expected) => {
    const child = spawn(process.execPath, ["dist/cli.cjs", ...args]);
    child.stdout.destroy();
    child.stderr.destroy();
    const [code] = (await once(child, "exit")) as [number | null];
    expect(code).toBe(expected);
  });
});

describe("plan", () => {
  it("prints the normalised plan", async () => {
    const { code, stdout } = await runCli(["plan", INSECURE, "--format", "json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: "1",
      targets: [
        {
          source: "arm-what-if",
          resources: [{ changeType: "modify", name: "aoai-contoso-prod", before: { kind: "OpenAI" } }, {}, {}, {}, {}],
        },
      ],
    });
    expect(stdout).toContain('"unknown": "unresolved-expression"');
  });

  it("lists what it cannot read, and exits with 2", async () => {
    const { code, stdout } = await runCli(["plan", "missing.json", "--format", "json"]);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      targets: [{ status: "notJudged", error: { code: "SOURCE_NOT_FOUND" } }],
    });
  });
});

describe("rules", () => {
  it("prints the catalogue", async () => {
    const { stdout } = await runCli(["rules", "--format", "json"]);
    const catalogue = JSON.parse(stdout) as { id: string; documentation: string }[];
    expect(catalogue.map(({ id }) => id)).toEqual(RULES.map(({ id }) => id));
    for (const { documentation } of catalogue) expect(existsSync(documentation)).toBe(true);
  });

  it("explains one rule, also under another scanner's id", async () => {
    const { stdout } = await runCli(["rules", "CKV_AZURE_236"]);
    expect(stdout).toContain("identity/openai-local-auth-enabled");
  });
});

describe("merge", () => {
  it("makes one verdict of several", async () => {
    const files = [INSECURE, HARMLESS].map((file, index) => ({ file, report: join(folder, `part-${index}.json`) }));
    for (const { file, report } of files) await runCli([file, "--format", `json=${report}`]);
    const { code, stdout } = await runCli(["merge", ...files.map(({ report }) => report), "--format", "json"]);
    expect(code).toBe(1);
    expect(parse(stdout).targets.map(({ name }) => name)).toEqual([INSECURE, HARMLESS]);
    const together = parse((await runCli([INSECURE, HARMLESS, "--format", "json"])).stdout);
    expect(parse(stdout).digest).toBe(together.digest);
    expect(parse(stdout).findings).toEqual(together.findings);
  });
});

describe("help and version", () => {
  it("names every option and says what is not available yet", async () => {
    const { code, stdout } = await runCli(["--help"]);
    expect(code).toBe(0);
    for (const { name } of INPUTS.filter(({ commands }) => commands !== undefined))
      expect(stdout).toContain(`--${name}`);
    expect(stdout).toContain("(not available yet)");
  });

  it("prints the version", async () => {
    expect((await runCli(["--version"])).stdout).toBe(`${VERSION}\n`);
  });
});
