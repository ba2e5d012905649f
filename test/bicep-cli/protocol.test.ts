import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { bicepCli, type BicepCliOptions } from "../../src/sources/bicep/cli/bicep-cli.ts";
import { writeFakeBicep } from "../support/fake-bicep.ts";

const ANY = new AbortController().signal;
const TEMPLATE = '{"resources":[]}';

let folder: string;
let root: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "portcullis-fake-"));
  root = join(folder, "repo");
  writeFakeBicep({ path: join(root, "unused"), jsonrpc: "" });
  writeFileSync(join(root, "main.bicep"), "param p string\n");
  writeFileSync(join(root, "prod.bicepparam"), "using 'main.bicep'\nparam p = 'x'\n");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function cli(jsonrpc: string, options: Partial<BicepCliOptions> & { readonly command?: string } = {}) {
  const { command, ...rest } = options;
  const named = writeFakeBicep({
    path: join(folder, "bin", "bicep"),
    jsonrpc,
    ...(command === undefined ? {} : { command }),
  });
  return bicepCli({
    root,
    workingDirectory: root,
    named,
    searchPath: "/usr/bin",
    homeFolder: join(folder, "home"),
    environment: new Map(),
    moduleFolders: [],
    times: { startMs: 3000, compileMs: 3000, expandMs: 3000 },
    ...rest,
  });
}

const VERSION = `if (method === "bicep/version") answer(id, { version: "0.49.2" });`;
const COMPILED = `onRequest(({ id, method, params }) => { ${VERSION} else answer(id, { success: true, diagnostics: [], contents: ${JSON.stringify(TEMPLATE)} }); });`;

describe("the protocol", () => {
  it("takes answers in pieces, late, and out of order", async () => {
    const script = `
      const held = [];
      onRequest((message) => {
        held.push(message);
        if (held.length < 2) return;
        const frames = held.reverse().map(({ id, method }) => frame({ jsonrpc: "2.0", id, result: method === "bicep/version" ? { version: "0.49.2" } : { snapshot: "«é»" } })).join("");
        const bytes = Buffer.from(frames);
        let at = 0;
        const next = () => { if (at >= bytes.length) return; fs.writeSync(1, bytes.subarray(at, at + 7)); at += 7; setTimeout(next, 1); };
        next();
      });`;
    const { snapshot } = await cli(script).expand({ path: "prod.bicepparam", parameters: null, scope: {} }, ANY);
    expect(snapshot).toBe("«é»");
  });

  it("reads past headers, notifications and answers to nobody", async () => {
    const script = `
      send(frame({ jsonrpc: "2.0", method: "log", params: {} }) + frame({ jsonrpc: "2.0", id: 99, result: 1 }));
      onRequest(({ id, method }) => {
        const body = JSON.stringify({ jsonrpc: "2.0", id, result: method === "bicep/version" ? { version: "0.49.2" } : { success: true, contents: "T" } });
        send("Content-Type: application/vscode-jsonrpc; charset=utf-8\\r\\nContent-Length: " + body.length + "\\r\\n\\r\\n" + body);
      });`;
    expect(await cli(script).compile("main.bicep", ANY)).toEqual({ template: "T", parameters: null });
  });

  it.each([
    ["garbage", `send("x".repeat(10000)); setInterval(() => {}, 1000);`, "does not keep to the protocol"],
    [
      "a header without a length",
      `send("Content: 5\\r\\n\\r\\nhello"); setInterval(() => {}, 1000);`,
      "names no length",
    ],
    [
      "a huge message",
      `send("Content-Length: 99999999999\\r\\n\\r\\n"); setInterval(() => {}, 1000);`,
      "99999999999 bytes",
    ],
    ["a body that is no JSON", `send("Content-Length: 3\\r\\n\\r\\n{{{"); setInterval(() => {}, 1000);`, "protocol"],
    ["a body that is no object", `send("Content-Length: 1\\r\\n\\r\\n7"); setInterval(() => {}, 1000);`, "protocol"],
    ["half a message", `send("Content-Length: 50\\r\\n\\r\\n{"); process.exit(0);`, "ended with code 0"],
    ["an exit code", `console.error("boom"); process.exit(7);`, "ended with code 7"],
    ["a crash", `process.kill(process.pid, "SIGSEGV");`, "ended with SIGSEGV"],
    ["an answer of another form", `onRequest(({ id }) => answer(id, [1]));`, "form that is not known"],
  ])("turns %s into an error", async (_, script, message) => {
    const failure = cli(script).compile("main.bicep", ANY);
    await expect(failure).rejects.toMatchObject({ code: "BICEP_CLI_FAILED" });
    await expect(failure).rejects.toThrow(message);
  });

  it("shows the end of what the program says when it fails, and no more", async () => {
    const script = `for (let i = 0; i < 20000; i += 1) fs.writeSync(2, "line " + i + "\\n"); process.exit(1);`;
    const error = await cli(script)
      .compile("main.bicep", ANY)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "BICEP_CLI_FAILED" });
    const { details } = error as { readonly details: readonly string[] };
    expect(details.length).toBeLessThanOrEqual(20);
    expect(details.at(-1)).toBe("line 19999");
  });

  it("gives up on a program that says nothing, and ends it", async () => {
    const pidFile = join(folder, "pid");
    const script = `fs.writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); process.on("SIGTERM", () => {}); setInterval(() => {}, 1000);`;
    const failure = cli(script, { times: { startMs: 700 } }).compile("main.bicep", ANY);
    await expect(failure).rejects.toThrow("did not answer bicep/version within 0.7 s");
    expect(isRunning(Number(readFileSync(pidFile, "utf8")))).toBe(false);
  });

  it("ends the program after the last answer", async () => {
    const pidFile = join(folder, "pid");
    await cli(`fs.writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); ${COMPILED}`).compile(
      "main.bicep",
      ANY,
    );
    expect(isRunning(Number(readFileSync(pidFile, "utf8")))).toBe(false);
  });

  it("ends the program when the run is aborted", async () => {
    const pidFile = join(folder, "pid");
    const aborter = new AbortController();
    const script = `fs.writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); setInterval(() => {}, 1000);`;
    const failure = cli(script).compile("main.bicep", aborter.signal);
    setTimeout(() => aborter.abort(), 500);
    await expect(failure).rejects.toMatchObject({ name: "AbortError" });
    expect(isRunning(Number(readFileSync(pidFile, "utf8")))).toBe(false);
  });

  it("says that a program cannot be started", async () => {
    const named = join(folder, "bin", "text");
    writeFakeBicep({ path: named, jsonrpc: "" });
    writeFileSync(named, "#!/nonexistent/interpreter\n");
    await expect(cli("", { named }).compile("main.bicep", ANY)).rejects.toMatchObject({ code: "BICEP_CLI_FAILED" });
  });
});

describe("compiling", () => {
  it("gives the template of a file, and the parameters of a parameters file", async () => {
    const script = `onRequest(({ id, method, params }) => { ${VERSION}
      else if (method === "bicep/compile") answer(id, { success: true, diagnostics: [], contents: "T:" + params.path });
      else answer(id, { success: true, diagnostics: [], parameters: "P", template: "T" }); });`;
    expect(await cli(script).compile("main.bicep", ANY)).toEqual({
      template: `T:${join(root, "main.bicep")}`,
      parameters: null,
    });
    expect(await cli(script).compile("prod.bicepparam", ANY)).toEqual({ template: "T", parameters: "P" });
  });

  it("names the first error of the compiler with its place", async () => {
    const diagnostic = (level: string, line: number) => ({
      source: join(root, "main.bicep"),
      range: { start: { line, char: 4 }, end: { line, char: 9 } },
      level,
      code: "BCP057",
      message: "The name does not exist.",
    });
    const answered = { success: false, diagnostics: [diagnostic("Warning", 1), diagnostic("Error", 6)] };
    const script = `onRequest(({ id, method }) => { ${VERSION} else answer(id, ${JSON.stringify(answered)}); });`;
    const failure = cli(script).compile("main.bicep", ANY);
    await expect(failure).rejects.toMatchObject({
      code: "BICEP_FAILED",
      details: ["main.bicep(7,5) : Error BCP057: The name does not exist."],
    });
  });

  it("builds with a program that is too old for JSON-RPC", async () => {
    const command = `
      if (process.argv[2] === "--version") console.log("Bicep CLI version 0.24.24 (abc)");
      else if (process.argv[2] === "build") console.log(JSON.stringify(process.argv.slice(2)));
      else console.log(JSON.stringify({ templateJson: "T", parametersJson: "P" }));`;
    const old = cli(`console.error("Unrecognized parameter jsonrpc"); process.exit(1);`, { command });
    const { template } = await old.compile("main.bicep", ANY);
    expect(JSON.parse(template)).toEqual(["build", join(root, "main.bicep"), "--stdout", "--no-restore"]);
    expect(await old.compile("prod.bicepparam", ANY)).toEqual({ template: "T", parameters: "P" });
  });

  it("builds with a program that does not say how old it is", async () => {
    const command = `if (process.argv[2] === "build") console.log("{}");`;
    expect(await cli("process.exit(1);", { command }).compile("main.bicep", ANY)).toEqual({
      template: "{}\n",
      parameters: null,
    });
  });

  it("names the error that an old program prints", async () => {
    const command = `console.error("main.bicep(2,1) : Warning no-unused-vars: x\\nmain.bicep(3,5) : Error BCP018: y"); process.exit(1);`;
    await expect(cli("process.exit(1);", { command }).compile("main.bicep", ANY)).rejects.toMatchObject({
      code: "BICEP_FAILED",
      message: "the Bicep CLI refuses: main.bicep(3,5) : Error BCP018: y",
    });
  });

  it("does not build with a new program that failed", async () => {
    const command = `if (process.argv[2] === "--version") console.log("Bicep CLI version 0.49.2 (abc)"); else console.log("{}");`;
    await expect(cli("process.exit(3);", { command }).compile("main.bicep", ANY)).rejects.toThrow("ended with code 3");
  });
});

describe("expanding", () => {
  const request = { path: "prod.bicepparam", parameters: null, scope: { resourceGroup: "rg" } };

  it("refuses a program that cannot", async () => {
    const script = `onRequest(({ id, method }) => { if (method === "bicep/version") answer(id, { version: "0.36.0" }); else refuse(id, "no method"); });`;
    await expect(cli(script).expand(request, ANY)).rejects.toThrow("version 0.36.0");
  });

  it("says why the compiler refuses, where it does", async () => {
    const range = { start: { line: 0, char: 0 }, end: { line: 0, char: 1 } };
    const diagnostics = [
      { source: join(root, "prod.bicepparam"), range, level: "Error", code: "BCP258", message: "missing" },
    ];
    const script = `onRequest(({ id, method }) => { ${VERSION}
      else if (method === "bicep/getSnapshot") refuse(id, "Compilation failed");
      else answer(id, { success: false, diagnostics: ${JSON.stringify(diagnostics)} }); });`;
    await expect(cli(script).expand(request, ANY)).rejects.toThrow("prod.bicepparam(1,1) : Error BCP258: missing");
  });

  it("hands over the scope", async () => {
    const script = `onRequest(({ id, method, params }) => { ${VERSION} else answer(id, { snapshot: JSON.stringify(params) }); });`;
    const { snapshot } = await cli(script).expand(request, ANY);
    expect(JSON.parse(snapshot)).toEqual({ path: join(root, "prod.bicepparam"), metadata: { resourceGroup: "rg" } });
  });
});

describe("what the program is given", () => {
  const ECHO = `onRequest(({ id, method }) => { ${VERSION} else answer(id, { success: true, contents: JSON.stringify({ env: process.env, cwd: process.cwd(), home: fs.readdirSync(process.env.HOME), argv: process.argv.slice(2) }) }); });`;

  it("sees its path, a home of its own, and the variables that files may read", async () => {
    const environment = new Map([
      ["DEPLOY_ENV", "test"],
      ["NOT_SET", undefined],
      ["HOME", "/root"],
    ]);
    const { template } = await cli(ECHO, { environment }).compile("main.bicep", ANY);
    const seen = JSON.parse(template) as { env: Record<string, string>; cwd: string; home: string[]; argv: string[] };
    const { PATH: path, HOME: home = "", USERPROFILE: profile, DEPLOY_ENV: allowed, ...rest } = seen.env;
    expect({ path, allowed, rest, argv: seen.argv, home: seen.home }).toEqual({
      path: "/usr/bin",
      allowed: "test",
      rest: {},
      argv: ["jsonrpc", "--stdio"],
      home: [],
    });
    expect(profile).toBe(home);
    expect(home).not.toBe("/root");
    expect(existsSync(home)).toBe(false);
    expect(seen.cwd.startsWith(root)).toBe(false);
  });

  it("may run without ICU on a machine that has none", async () => {
    const script = `if (process.env.DOTNET_SYSTEM_GLOBALIZATION_INVARIANT !== "1") { console.error("Process terminated.\\nCouldn't find a valid ICU package installed on the system."); process.kill(process.pid, "SIGABRT"); } ${COMPILED}`;
    const command = `process.kill(process.pid, "SIGABRT");`;
    expect(await cli(script, { command }).compile("main.bicep", ANY)).toMatchObject({ template: TEMPLATE });
  });

  it("leaves nothing behind, also when it fails", async () => {
    const temporary = join(folder, "tmp");
    mkdirSync(temporary);
    vi.stubEnv("TMPDIR", temporary);
    const during = `fs.writeFileSync(${JSON.stringify(join(folder, "seen"))}, String(fs.readdirSync(${JSON.stringify(temporary)}).length));`;
    await cli(`${during}${COMPILED}`).compile("main.bicep", ANY);
    await cli("process.exit(1);")
      .compile("main.bicep", ANY)
      .catch(() => undefined);
    vi.unstubAllEnvs();
    expect(readFileSync(join(folder, "seen"), "utf8")).toBe("1");
    expect(readdirSync(temporary)).toEqual([]);
  });
});

describe("finding the program", () => {
  const places = () => ({ named: undefined, searchPath: `relative:${join(folder, "none")}:${join(folder, "path")}` });

  it.each([
    ["on the path", "path/bicep"],
    ["in azd's folder", "home/.azd/bin/bicep"],
    ["in az's folder", "home/.azure/bin/bicep"],
  ])("looks %s", async (_, place) => {
    writeFakeBicep({ path: join(folder, place), jsonrpc: COMPILED });
    expect(await cli("", places()).compile("main.bicep", ANY)).toEqual({ template: TEMPLATE, parameters: null });
  });

  it("uses no other than the one that is named", async () => {
    writeFakeBicep({ path: join(folder, "path/bicep"), jsonrpc: COMPILED });
    const failure = cli("", { ...places(), named: join(folder, "nowhere") }).compile("main.bicep", ANY);
    await expect(failure).rejects.toMatchObject({ code: "BICEP_NOT_FOUND" });
  });

  it("says that there is none", async () => {
    await expect(cli("", places()).compile("main.bicep", ANY)).rejects.toMatchObject({ code: "BICEP_NOT_FOUND" });
  });
});

/** A process that has ended and was waited for does not exist any more. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
