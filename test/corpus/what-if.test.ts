import { describe, expect, it } from "vitest";
import { exitCode } from "../../src/hosts/exit-code.ts";
import { isRecord } from "../../src/lib/is-record.ts";
import { fileTree } from "../../src/sources/file-tree.ts";
import { loadTargets } from "../../src/sources/load-targets.ts";
import { loadContext } from "../support/load-context.ts";
import { CORPUS, corpusFiles, corpusText, hasCorpus } from "../support/shared-corpus.ts";
import { reportOf } from "../support/runs.ts";

/** What each file that is no successful result comes to. */
const EXCEPTIONS: readonly (readonly [pattern: RegExp, code: number, error: string | null])[] = [
  [/\.(?:txt|md|whatif-noise|exchange\.json)$|LICENSE$|noise\.json$/, 2, "SOURCE_UNRECOGNISED"],
  [/empty-file\.json$/, 2, "SOURCE_EMPTY"],
  [/malformed-syntax\.json$/, 2, "SOURCE_NOT_JSON"],
  [/with-errors\.json$/, 3, "WHAT_IF_FAILED"],
  [/sub_resource_id_only\.json$|missing-properties\.json$|unknown-change-type\.json$/, 4, null], // nothing of them can be seen
];

const files = hasCorpus ? corpusFiles("whatif/**/*").filter((path) => /\.[a-z-]+$|LICENSE$/.test(path)) : [];
const results = files.filter((path) => !EXCEPTIONS.some(([pattern, , error]) => error !== null && pattern.test(path)));

async function load(path: string) {
  const { targets } = await loadTargets([path], loadContext(fileTree(CORPUS)));
  return targets;
}

function changesIn(path: string): number {
  const json: unknown = JSON.parse(corpusText(path));
  const body = isRecord(json) && isRecord(json["properties"]) && !("changes" in json) ? json["properties"] : json;
  const lists = isRecord(body) ? [body["changes"], body["potentialChanges"]] : [];
  return lists.reduce<number>((count, list) => count + (Array.isArray(list) ? list.length : 0), 0);
}

describe.skipIf(!hasCorpus)("recorded what-ifs", () => {
  it("are there", () => {
    expect(results.length).toBeGreaterThan(12);
  });

  it.each(files)("%s ends as its content says", async (path) => {
    const report = reportOf(await load(path));
    const [, code, error] = EXCEPTIONS.find(([pattern]) => pattern.test(path)) ?? [null, 0, null];
    const [target] = report.targets;
    expect([exitCode(report), target?.error?.code ?? null]).toEqual([code, error]);
    expect((target?.error?.hint ?? "a hint").length).toBeGreaterThan(0);
  });

  it.each(results)("%s: each change is a resource or listed as not analysed", async (path) => {
    const [target] = await load(path);
    const shown = target?.plan?.resources.length ?? 0;
    const listed = target?.plan?.notAnalysed.length ?? 0;
    expect(shown).toBeLessThanOrEqual(changesIn(path));
    expect(shown + listed).toBeGreaterThanOrEqual(changesIn(path));
  });
});
