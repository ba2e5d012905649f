import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Plan } from "../../src/plan/plan.ts";
import { fileTree } from "../../src/sources/file-tree.ts";
import { mergeBase, openRevision } from "../../src/sources/git/git-revision.ts";
import type { BaseOptions, LoadOptions } from "../../src/sources/load-options.ts";
import { loadTargets } from "../../src/sources/load-targets.ts";
import { loadContext } from "../support/load-context.ts";
import { type Files, loadFrom, storage, storageBicep, templateJson } from "../support/templates.ts";

let folder: string;
const searchPath = process.env["PATH"] ?? "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "portcullis-base-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(root: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

function git(root: string, ...args: readonly string[]): string {
  const who = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "protocol.file.allow=always"];
  return execFileSync("git", [...who, ...args], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }).trim();
}

function commit(root: string, files: Files): string {
  write(root, files);
  git(root, "add", "--all");
  git(root, "commit", "--quiet", "--message", "change");
  return git(root, "rev-parse", "HEAD");
}

/** A repository with two commits of the target: TLS 1.2 before, TLS 1.0 after. */
function repository(name: string): { readonly root: string; readonly first: string } {
  const root = join(folder, name);
  mkdirSync(root, { recursive: true });
  git(root, "init", "--quiet", "--initial-branch=main");
  const module = (tls: string) => storageBicep("name", `{ minimumTlsVersion: '${tls}' }`);
  const main =
    "param name string\nmodule store 'modules/store.bicep' = {\n  name: 'store'\n  params: { name: name }\n}\n";
  const first = commit(root, {
    "infra/main.bicep": main,
    "infra/modules/store.bicep": `param name string\n${module("TLS1_2")}`,
    "infra/prod.json": '{ "parameters": { "name": { "value": "contoso" } } }',
  });
  commit(root, {
    "infra/modules/store.bicep": `param name string\n${module("TLS1_0")}`,
    "infra/new.bicep": storageBicep("'n'"),
  });
  return { root, first };
}

const asked = (name: string): BaseOptions => ({ name, mergedInto: null, isAsked: true, searchPath });

async function planIn(root: string, operand: string, options: Partial<LoadOptions>): Promise<Plan> {
  const { targets } = await loadTargets([operand], loadContext(fileTree(root), options));
  const [target] = targets;
  if (target?.plan == null) throw target?.error ?? new Error("no target");
  return target.plan;
}

const tlsOf = ({ resources: [resource] }: Plan) => ({
  change: resource?.changeType,
  before: resource?.before,
  after: resource?.after,
});

describe("a base at a git revision", () => {
  const parameters = ["infra/prod.json"];
  const changed = {
    change: "modify",
    before: { properties: { minimumTlsVersion: "TLS1_2" } },
    after: { properties: { minimumTlsVersion: "TLS1_0" } },
  };

  it("is the same target with its modules and parameter files as they were", async () => {
    const { root, first } = repository("plain");
    const plan = await planIn(root, "infra/main.bicep", { parameters, base: asked(first) });
    expect(plan.stateBasis).toBe("base");
    expect(tlsOf(plan)).toMatchObject(changed);
    const same = await planIn(root, "infra/main.bicep", { parameters, base: asked("main") });
    expect(tlsOf(same).change).toBe("noChange");
  });

  it("is found from a folder of the repository", async () => {
    const { root, first } = repository("inner");
    const plan = await planIn(join(root, "infra"), "main.bicep", { parameters: ["prod.json"], base: asked(first) });
    expect(tlsOf(plan)).toMatchObject(changed);
    const [resource] = plan.resources;
    expect(resource && plan.locate(resource, ["properties", "minimumTlsVersion"]).file).toBe("modules/store.bicep");
  });

  it("makes everything of a new file created", async () => {
    const { root, first } = repository("new");
    const plan = await planIn(root, "infra/new.bicep", { base: asked(first) });
    expect(plan.stateBasis).toBe("base");
    expect(tlsOf(plan)).toMatchObject({ change: "create", before: null });
  });

  it("is read from packed objects, too", async () => {
    const { root, first } = repository("packed");
    git(root, "gc", "--quiet", "--aggressive", "--prune=now");
    expect(tlsOf(await planIn(root, "infra/main.bicep", { parameters, base: asked(first) }))).toMatchObject(changed);
  });

  it("is read in a second worktree", async () => {
    const { root, first } = repository("owner");
    const tree = join(folder, "worktree");
    git(root, "worktree", "add", "--quiet", "--detach", tree);
    expect(tlsOf(await planIn(tree, "infra/main.bicep", { parameters, base: asked(first) }))).toMatchObject(changed);
  });

  it("is read in the repository of a submodule for files in there", async () => {
    const { root: inner, first } = repository("library");
    const outer = join(folder, "outer");
    mkdirSync(outer);
    git(outer, "init", "--quiet");
    git(outer, "submodule", "add", "--quiet", inner, "lib");
    const options = { parameters: ["lib/infra/prod.json"], base: asked(first) };
    expect(tlsOf(await planIn(outer, "lib/infra/main.bicep", options))).toMatchObject(changed);
  });

  it("is refused when nothing has the name", async () => {
    const { root } = repository("missing");
    for (const name of ["no-such-branch", "--help", "main:infra"])
      await expect(planIn(root, "infra/main.bicep", { parameters, base: asked(name) })).rejects.toMatchObject({
        code: "BASE_NOT_FOUND",
      });
  });

  it("that nobody asked for may be missing, as in a shallow clone", async () => {
    const { root, first } = repository("full");
    const shallow = join(folder, "shallow");
    git(folder, "clone", "--quiet", "--depth=1", `file://${root}`, shallow);
    const base = { name: first, mergedInto: "HEAD", isAsked: false, searchPath };
    const plan = await planIn(shallow, "infra/main.bicep", { parameters, base });
    expect(plan.stateBasis).toBe("none");
    expect(plan.notifications).toMatchObject([{ level: "warning", code: "base-not-read" }]);
    expect(tlsOf(await planIn(root, "infra/main.bicep", { parameters, base }))).toMatchObject(changed);
  });

  it("of a pull request is where the change went off", async () => {
    const { root, first } = repository("diverged");
    git(root, "checkout", "--quiet", "-b", "feature", first);
    commit(root, { "infra/prod.json": '{ "parameters": { "name": { "value": "contoso" } } }\n' });
    expect(mergeBase({ folder: root, searchPath }, "main", "feature")).toBe(first);
    const base = { name: "main", mergedInto: "HEAD", isAsked: false, searchPath };
    expect(tlsOf(await planIn(root, "infra/main.bicep", { parameters, base })).change).toBe("noChange");
  });

  it("that cannot be evaluated leaves the change without a world before", async () => {
    const { root } = repository("broken");
    const broken = commit(root, { "infra/main.bicep": "resource x = {\n" });
    commit(root, { "infra/main.bicep": storageBicep("'a'") });
    const plan = await planIn(root, "infra/main.bicep", { base: asked(broken) });
    expect(plan.stateBasis).toBe("none");
    expect(plan.notifications[0]).toMatchObject({
      code: "base-not-read",
      message: expect.stringContaining("BICEP_FAILED"),
    });
  });

  it("gives out no symbolic links", () => {
    const { root } = repository("links");
    symlinkSync("/etc/passwd", join(root, "infra/link.json"));
    const revision = openRevision({ folder: root, searchPath }, commit(root, {}));
    expect(revision.paths).not.toContain("infra/link.json");
    expect(revision.read("infra/link.json")).toBeUndefined();
  });

  it("starts no program that the repository names", async () => {
    const { root, first } = repository("hostile");
    const trace = join(folder, "started");
    for (const key of ["core.fsmonitor", "core.sshCommand", "core.pager", "diff.external", "core.hooksPath"])
      git(root, "config", key, `touch ${trace}; false`);
    expect(tlsOf(await planIn(root, "infra/main.bicep", { parameters, base: asked(first) }))).toMatchObject(changed);
    expect(() => cpSync(trace, `${trace}-copy`)).toThrow(/ENOENT/);
  });
});

describe("a base in a folder", () => {
  const template = (tls: string) => templateJson([storage("a", { minimumTlsVersion: tls })]);
  const pairs: readonly (readonly [operand: string, base: string, files: Files])[] = [
    ["infra/main.json", "old", { "infra/main.json": template("1"), "old/infra/main.json": template("0") }],
    ["after/main.json", "before", { "after/main.json": template("1"), "before/main.json": template("0") }],
    ["after", "before", { "after/x/main.json": template("1"), "before/x/main.json": template("0") }],
  ];

  it.each(pairs)("for %s is %s", async (operand, name, files) => {
    const { targets } = await loadFrom(files, [operand], { base: asked(name) });
    expect(targets.map(({ plan }) => plan && tlsOf(plan))).toMatchObject([
      { change: "modify", before: { properties: { minimumTlsVersion: "0" } } },
    ]);
  });

  it("does not take a file of another folder for that of a new one", async () => {
    const files = { "after/new/main.json": template("1"), "before/main.json": template("0") };
    const { targets } = await loadFrom(files, ["after"], { base: asked("before") });
    expect(targets.map(({ plan }) => plan && tlsOf(plan).change)).toEqual(["create"]);
  });

  const declared = (names: readonly string[]) =>
    templateJson([storage("[parameters('name')]")], {
      parameters: Object.fromEntries(names.map((name) => [name, { type: "string" }])),
    });

  it("leaves out the values that it does not declare", async () => {
    const files = { "main.json": declared(["name", "added"]), "old/main.json": declared(["name"]) };
    const options = { parameters: ["name=a", "added=b"], base: asked("old") };
    const { targets } = await loadFrom(files, ["main.json"], options);
    expect(targets[0]?.plan).toMatchObject({ stateBasis: "base", notifications: [] });
    expect(targets[0]?.plan && tlsOf(targets[0].plan).change).toBe("noChange");
  });

  it("has its own parameter files", async () => {
    const parameters = (name: string) => JSON.stringify({ parameters: { name: { value: name } } });
    const files = {
      "main.json": declared(["name"]),
      "prod.json": parameters("new"),
      "old/main.json": declared(["name"]),
      "old/prod.json": parameters("old"),
    };
    const { targets } = await loadFrom(files, ["main.json"], { parameters: ["prod.json"], base: asked("old") });
    expect(targets[0]?.plan?.resources.map(({ changeType, name }) => [changeType, name])).toEqual([
      ["create", "new"],
      ["ignore", "old"],
    ]);
  });

  it.each([
    ["incremental", "ignore"],
    ["complete", "delete"],
  ] as const)("has resources that an %s deployment would %s", async (deploymentMode, change) => {
    const files = { "main.json": templateJson([]), "old/main.json": template("0") };
    const { targets } = await loadFrom(files, ["main.json"], { deploymentMode, base: asked("old") });
    expect(targets[0]?.plan?.resources.map(({ changeType }) => changeType)).toEqual([change]);
    const [resource] = targets[0]?.plan?.resources ?? [];
    expect(resource && targets[0]?.plan?.locate(resource, []).file).toBe("old/main.json");
  });
});
