import { describe, expect, it } from "vitest";
import { countAddresses, type IpRange, parseIpRange } from "./ip-range.ts";

describe("ip range", () => {
  it.each([
    ["0.0.0.0/0", 0, 4_294_967_295],
    ["0.0.0.0", 0, 0],
    ["10.0.0.5/24", 167_772_160, 167_772_415],
    ["255.255.255.255/32", 4_294_967_295, 4_294_967_295],
    [" 128.0.0.0/1 ", 2_147_483_648, 4_294_967_295],
  ])("reads %s", (text, first, last) => {
    expect(parseIpRange(text)).toEqual({ first, last });
  });

  it.each(["", "10.0.0", "10.0.0.256", "10.0.0.0/33", "::/0", "AzureCloud", "10.0.0.0-10.0.0.9"])(
    "refuses %j",
    (text) => {
      expect(parseIpRange(text)).toBeNull();
    },
  );

  it("counts overlapping ranges once", () => {
    const ranges = ["0.0.0.0/1", "128.0.0.0/1", "10.0.0.0/8"].map(parseIpRange).filter((r): r is IpRange => r !== null);
    expect(countAddresses(ranges)).toBe(2 ** 32);
  });
});
