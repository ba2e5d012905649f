import { expect, it } from "vitest";
import { selectJson, UNSUPPORTED } from "./json-path.ts";

const numbers = Array.from({ length: 30_000 }, (_, index) => index);
const record = new Map([
  ["left", numbers],
  ["right", numbers.map((number) => -1 - number)],
]);

it.each(["$.rows[?(@.left[*] == @.right[*])]", "$..*..*..*..*"])("%s does not take long", (path) => {
  const start = performance.now();
  expect(selectJson(new Map([["rows", [record]]]), path)).toBe(UNSUPPORTED);
  expect(performance.now() - start).toBeLessThan(3000);
});

it("selects one value as it is, several as an array, and none as nothing", () => {
  const rows = new Map([["rows", [1, 2, 3]]]);
  expect(selectJson(rows, "$.rows[1]")).toBe(2);
  expect(selectJson(rows, "$.rows[0,2]")).toEqual([1, 3]);
  expect(selectJson(rows, "$.none")).toBeUndefined();
});
