import { posix } from "node:path";
import type { Annotation } from "../../src/render/annotations.ts";
import type {
  Arm,
  BicepCompiler,
  CompiledTemplate,
  Expansion,
  PullRequest,
  PullRequestStatus,
  RunOutput,
  SourceTree,
  WhatIfRequest,
} from "../../src/ports.ts";
import { memoryFiles } from "./memory-files.ts";
import { GateError } from "../../src/diagnostics/gate-error.ts";

/** Files in memory, below a root folder. */
export function memoryTree(files: Readonly<Record<string, string | Uint8Array>>, root = "/repo"): SourceTree {
  const absolute = (path: string) => posix.resolve(root, path);
  const contents = new Map(
    Object.entries(files).map(([path, content]) => [
      absolute(path),
      typeof content === "string" ? new TextEncoder().encode(content) : content,
    ]),
  );
  const isBelow = (path: string, folder: string) => path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
  return {
    nameOf(path) {
      const inside = posix.relative(root, absolute(path));
      return inside.startsWith("..") ? path : inside || ".";
    },
    async stat(path) {
      const place = absolute(path);
      const content = contents.get(place);
      if (content !== undefined) return { kind: "file", sizeBytes: content.byteLength };
      return [...contents.keys()].some((name) => isBelow(name, place)) ? { kind: "folder", sizeBytes: 0 } : undefined;
    },
    async read(path) {
      const content = contents.get(absolute(path));
      if (content === undefined) throw new GateError("SOURCE_UNREADABLE", `${path} cannot be read`);
      return content;
    },
    async list(folder) {
      return [...contents.keys()]
        .filter((name) => isBelow(name, absolute(folder)) && !/\/(?:node_modules|\.git)\//.test(name))
        .sort();
    },
    surroundingsOf(path, { environment }) {
      const below = new Map([...contents].map(([name, content]) => [posix.relative(root, name), content]));
      return {
        root,
        path: posix.relative(root, absolute(path)),
        files: memoryFiles({ files: below, environment }),
        treePathOf: (inner) => posix.join(root, inner),
      };
    },
  };
}

/** A pull request that remembers what was written to it. */
export interface FakePullRequest extends PullRequest {
  readonly comments: ReadonlyMap<string, string>;
  readonly statuses: readonly PullRequestStatus[];
}

interface FakePull {
  readonly base?: Readonly<Record<string, string>>;
  readonly approvedBy?: readonly string[];
}

/** A pull request in memory. */
export function fakePullRequest({ base = {}, approvedBy = [] }: FakePull = {}): FakePullRequest {
  const comments = new Map<string, string>();
  const statuses: PullRequestStatus[] = [];
  return {
    comments,
    statuses,
    commentSpace: { chars: 60_000, bytes: 250_000 },
    async upsertComment(key, body) {
      comments.set(key, body);
    },
    hasComment: async (key) => comments.has(key),
    async setStatus(status) {
      statuses.push(status);
    },
    readBaseFile: async (path) => base[path] ?? null,
    approvedBy: async () => approvedBy,
  };
}

/** What a step has shown. */
export interface FakeOutput extends RunOutput {
  readonly lines: readonly string[];
  readonly warnings: readonly string[];
  readonly annotations: readonly Annotation[];
  readonly outputs: ReadonlyMap<string, string>;
  readonly summaries: readonly string[];
}

/** The output of a step in memory. */
export function fakeOutput(): FakeOutput {
  const lines: string[] = [];
  const warnings: string[] = [];
  const annotations: Annotation[] = [];
  const summaries: string[] = [];
  const outputs = new Map<string, string>();
  return {
    lines,
    warnings,
    annotations,
    summaries,
    outputs,
    info: (line) => void lines.push(line),
    warn: (line) => void warnings.push(line),
    annotate: (annotation) => void annotations.push(annotation),
    summarise: async (text) => void summaries.push(text),
    setOutput: (name, value) => void outputs.set(name, value),
    maskSecret: () => undefined,
  };
}

/** Resource Manager that answers with a document, or fails; it remembers what it was asked. */
export function fakeArm(answer: object | Error): Arm & { readonly requests: readonly WhatIfRequest[] } {
  const requests: WhatIfRequest[] = [];
  return {
    requests,
    async whatIf(request) {
      requests.push(request);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
}

/** What a fake compiler makes of files, by path. */
interface FakeResults {
  readonly compiled?: Readonly<Record<string, CompiledTemplate>>;
  readonly expanded?: Readonly<Record<string, Expansion | Error>>;
}

/** A compiler that knows the results of some files. */
export function fakeCompiler({ compiled = {}, expanded = {} }: FakeResults = {}): BicepCompiler {
  return {
    async compile(path) {
      const result = compiled[path];
      if (result === undefined) throw new GateError("BICEP_NOT_FOUND", "there is no Bicep CLI on this machine");
      return result;
    },
    async expand({ path }) {
      const result = expanded[path];
      if (result === undefined) throw new GateError("BICEP_NOT_FOUND", "there is no Bicep CLI on this machine");
      if (result instanceof Error) throw result;
      return result;
    },
  };
}
