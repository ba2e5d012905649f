import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatPath, parsePath } from "./property-path.ts";

describe("property path", () => {
  it.each([
    ["", []],
    ["kind", ["kind"]],
    ["properties.networkAcls.ipRules[0].value", ["properties", "networkAcls", "ipRules", 0, "value"]],
    ["tags['a.b']", ["tags", "a.b"]],
    ["properties.criteria['odata.type']", ["properties", "criteria", "odata.type"]],
    [String.raw`tags['it\'s']`, ["tags", "it's"]],
    ["tags['']", ["tags", ""]],
    ["['0']", ["0"]],
  ])("reads and writes %s", (text, segments) => {
    expect(parsePath(text)).toEqual(segments);
    expect(formatPath(segments)).toBe(text);
  });

  it("reads back whatever it writes", () => {
    const segment = fc.oneof(fc.string(), fc.nat(1000));
    fc.assert(
      fc.property(fc.array(segment), (path) => {
        expect(parsePath(formatPath(path))).toEqual(path);
      }),
    );
  });
});
