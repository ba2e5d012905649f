import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isGateError } from "../diagnostics/gate-error.ts";
import { refusedTarget, reportChange, reportFinding, reportFrom, reportTarget } from "../../test/support/reports.ts";
import { renderAnnotations } from "./annotations.ts";
import { renderJson } from "./json.ts";
import { renderJunit } from "./junit.ts";
import { renderMarkdown } from "./markdown.ts";
import { mergeReports } from "./merge-reports.ts";
import { parseReport } from "./parse-report.ts";
import type { Report } from "./report.ts";
import { renderSarif } from "./sarif/sarif.ts";
import { renderText } from "./text.ts";

const report = reportFrom({
  verdict: "block",
  reasons: ["1 high"],
  findings: [
    reportFinding(),
    reportFinding({ outcome: "open", reason: "absence-not-proved", family: "privateEndpoints", blocking: false }),
    reportFinding({
      waiver: {
        reason: "r",
        owner: "@o",
        expires: null,
        approvedBy: null,
        source: "portcullis.yml:1:1",
        status: "active",
      },
    }),
  ],
  targets: [
    reportTarget({
      changes: [reportChange({ noise: [{ path: "etag", reason: "read-only" }] })],
      coverage: { analysed: 1, notAnalysed: [{ resource: "st", reason: "hidden" }], context: [], secondOpinion: null },
    }),
    refusedTarget("broken.json"),
  ],
  notifications: [{ level: "note", code: "x", message: "y" }],
});

const RENDERERS = [renderText, renderMarkdown, renderJunit, renderAnnotations, renderSarif, renderJson];

/** Every place in a JSON document. */
function placesIn(value: unknown, place: readonly string[] = []): readonly (readonly string[])[] {
  const inner =
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([name, item]) => placesIn(item, [...place, name]))
      : [];
  return place.length === 0 ? inner : [place, ...inner];
}

/** The report's JSON with another value at one place; without one the member is missing. */
function damaged([name = "", ...rest]: readonly string[], replacement: unknown, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return replacement;
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
  copy[name] = rest.length === 0 ? replacement : damaged(rest, replacement, copy[name]);
  return copy;
}

const json = JSON.parse(renderJson(report)) as Report;
const places = placesIn(json);

describe("a report that is read again", () => {
  it("is what was written", () => {
    expect(parseReport(renderJson(report), "r.json")).toEqual(json);
  });

  it.each<readonly [string, unknown, string]>([
    ["no object", 1, "it is not an object"],
    ["a list", [], "it is not an object"],
    ["another schema version", { ...json, schemaVersion: "2" }, "schemaVersion is not one of 1"],
    ["an inherited member", { ...json, verdict: undefined }, "verdict is not one of"],
    [
      "a severity nobody knows",
      damaged(["findings", "0", "severity"], "worst", json),
      "findings[0].severity is not one",
    ],
    ["a rule id that is none", damaged(["rules", "0", "id"], "<b>", json), "rules[0].id has another form"],
    ["a count that is none", damaged(["summary", "new"], -1, json), "summary.new is not a count"],
    ["a digest that is none", { ...json, digest: "sha256:0" }, "digest has another form"],
  ])("is refused when it is %s", (_, document, problem) => {
    expect(() => parseReport(JSON.stringify(document), "r.json")).toThrow(problem);
  });

  it("is refused, or can be rendered and merged, whatever stands in any place of it", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...places),
        fc.oneof(fc.constant(undefined), fc.jsonValue()),
        (place, replacement) => {
          const text = JSON.stringify(damaged(place, replacement, json));
          let read: Report;
          try {
            read = parseReport(text, "r.json");
          } catch (error) {
            expect(isGateError(error) && error.code).toBe("REPORT_INVALID");
            return;
          }
          const merged = mergeReports([read, report]);
          for (const render of RENDERERS) expect(typeof render(merged)).toBe("string");
        },
      ),
      { numRuns: 500 },
    );
  });
});
