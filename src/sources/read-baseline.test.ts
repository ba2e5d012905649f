import { describe, expect, it } from "vitest";
import { memoryTree } from "../../test/support/trees.ts";
import { renderJson } from "../render/json.ts";
import { planned, planOf } from "../../test/support/plans.ts";
import { account } from "../../test/support/resources.ts";
import { reportOn } from "../../test/support/runs.ts";
import { readBaseline } from "./read-baseline.ts";

const report = reportOn(planOf([planned({ after: account({ disableLocalAuth: false }) })]));

describe("a baseline", () => {
  it("is nothing when none is named", async () => {
    expect(await readBaseline(undefined, memoryTree({}))).toBeNull();
  });

  it("has every finding of the report that was written", async () => {
    const baseline = await readBaseline("base.json", memoryTree({ "base.json": renderJson(report) }));
    expect(report.findings.length).toBeGreaterThan(0);
    expect([...(baseline?.keys() ?? [])].sort()).toEqual(
      [...new Set(report.findings.map(({ fingerprint }) => fingerprint))].sort(),
    );
  });

  it.each([
    ["a missing file", {}],
    ["an empty file", { "base.json": "" }],
    ["half a report", { "base.json": renderJson(report).slice(0, 200) }],
    ["another document", { "base.json": '{"changes":[]}' }],
    ["a list", { "base.json": "[]" }],
  ])("is refused when it is %s", async (_, files) => {
    await expect(readBaseline("base.json", memoryTree(files))).rejects.toMatchObject({ code: "BASELINE_INVALID" });
  });
});
