import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { INPUTS } from "../../src/inputs/catalogue.ts";
import { RULES } from "../../src/rules/index.ts";
import { VERSION } from "../../src/version.ts";
import { runCli } from "./support/run-bundle.ts";

const INSECURE = "examples/what-if/keys-back-on.json";
const HARMLESS = "examples/what-if/tag-added.json";
const BICEP = "examples/bicep/prod.bicepparam";

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
    [[HARMLESS, "--what-if"], "--what-if is not available yet"],
    [[BICEP, "--bicep", "cli"], "--bicep cli is not available yet"],
    [[BICEP, "--base", "no-such-branch"], "BASE_NOT_FOUND"],
    [[BICEP, "--parameters", "size=1"], "PARAMETER_INVALID"],
    [[BICEP, "--parameters", "capacity=many"], "PARAMETER_INVALID"],
    [["examples/bicep/main.bicep", "--strict-parameters"], "PARAMETER_MISSING: examples/bicep/main.bicep:2:7"],
    [[BICEP, "--template", "examples/bicep/main.bicep"], "--template names the template behind a what-if result"],
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

describe("templates without Azure", () => {
  it("are judged, each finding on its line", async () => {
    const { code, stdout } = await runCli([BICEP, "--format", "json"]);
    expect(code).toBe(1);
    const report = parse(stdout) as JsonReport & { readonly targets: readonly { readonly stateBasis: string }[] };
    expect(report.targets).toMatchObject([{ name: BICEP, source: "bicep", status: "judged", stateBasis: "none" }]);
    expect(report.findings).toContainEqual(
      expect.objectContaining({
        ruleId: "identity/openai-local-auth-enabled",
        location: expect.objectContaining({
          file: "examples/bicep/modules/account.bicep",
          startLine: 14,
          precision: "property",
        }) as unknown,
      }),
    );
  });

  it("are planned with readable ids, unknown values and outputs", async () => {
    const { code, stdout } = await runCli(["plan", "examples/bicep", "--format", "json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      targets: [
        {
          name: BICEP,
          scope: { kind: "resourceGroup" },
          resources: [
            {
              id: "/subscriptions/{subscription}/resourceGroups/{resourceGroup}/providers/Microsoft.CognitiveServices/accounts/aoai-contoso-prod",
              changeType: "create",
              before: null,
              after: { location: { unknown: "scope" } },
              origin: { file: "examples/bicep/modules/account.bicep", startLine: 5 },
            },
            { name: "aoai-contoso-prod/gpt-4o", after: { sku: { capacity: 50 } } },
          ],
          outputs: { endpoint: { type: "string" } },
        },
      ],
    });
  });

  it("take scope, parameters and the environment that is allowed", async () => {
    const scope = ["--subscription", "11111111-2222-3333-4444-555555555555", "--resource-group", "rg-ai"];
    const given = ["--location", "westeurope", "--parameters", "capacity=7", "--allow-env", "STAGE"];
    const args = ["plan", BICEP, "--format", "json", ...scope, ...given];
    const { stdout } = await runCli(args, { env: { STAGE: "test" } });
    expect(JSON.parse(stdout)).toMatchObject({
      targets: [
        {
          resources: [
            { id: expect.stringContaining("/resourceGroups/rg-ai/") as unknown, location: "westeurope" },
            { name: "aoai-contoso-test/gpt-4o", after: { sku: { capacity: 7 } } },
          ],
        },
      ],
    });
  });

  it("are compared with a base", async () => {
    const base = join(folder, "base");
    cpSync("examples/bicep", join(base, "examples/bicep"), { recursive: true });
    const module = join(base, "examples/bicep/main.bicep");
    writeFileSync(module, readFileSync(module, "utf8").replace("keysAllowed: true", "keysAllowed: false"));
    const { code, stdout } = await runCli([BICEP, "--base", base, "--format", "json"]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      targets: [
        {
          stateBasis: "base",
          changes: [
            {
              changeType: "modify",
              properties: [{ path: "properties.disableLocalAuth", change: "modify", before: true, after: false }],
            },
            { changeType: "noChange" },
          ],
        },
      ],
      summary: { new: 1 },
    });
  });

  it("are judged from any folder of the repository, and not beyond it", async () => {
    const inner = await runCli(["main.bicep", "--format", "json"], { cwd: join(process.cwd(), "examples/bicep") });
    expect(parse(inner.stdout).targets).toMatchObject([{ name: "main.bicep", status: "judged" }]);
    const repository = join(folder, "repository");
    mkdirSync(join(repository, ".git"), { recursive: true });
    writeFileSync(join(folder, "secret.txt"), "canary-outside");
    writeFileSync(join(repository, "main.bicep"), "output o string = loadTextContent('../secret.txt')\n");
    const { code, stdout, stderr } = await runCli(["plan", "main.bicep", "--format", "json"], { cwd: repository });
    expect(code).toBe(2);
    expect(stdout + stderr).not.toContain("canary");
  });

  it("give what-if results their lines", async () => {
    const whatIf = join(folder, "whatif.json");
    const id =
      "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/aoai-contoso-prod";
    const body = (disableLocalAuth: boolean) => ({
      id,
      type: "Microsoft.CognitiveServices/accounts",
      name: "aoai-contoso-prod",
      kind: "OpenAI",
      properties: { disableLocalAuth, publicNetworkAccess: "Disabled" },
    });
    const changes = [{ resourceId: id, changeType: "Modify", before: body(true), after: body(false) }];
    writeFileSync(whatIf, JSON.stringify({ status: "Succeeded", changes }));
    const { stdout } = await runCli([whatIf, "--template", BICEP, "--format", "json"]);
    expect(parse(stdout).findings).toContainEqual(
      expect.objectContaining({
        ruleId: "identity/openai-local-auth-enabled",
        state: "new",
        location: expect.objectContaining({ file: "examples/bicep/modules/account.bicep", startLine: 14 }) as unknown,
      }),
    );
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
