/** A contiguous range of IPv4 addresses, both ends included, as unsigned 32-bit numbers. */
export interface IpRange {
  readonly first: number;
  readonly last: number;
}

const IPV4 = /^(?<a>\d{1,3})\.(?<b>\d{1,3})\.(?<c>\d{1,3})\.(?<d>\d{1,3})(?:\/(?<prefix>\d{1,2}))?$/;

/**
 * The addresses of an IPv4 address or CIDR block; `null` for any other text. Bits beyond the prefix are ignored, as Azure does.
 *
 * @example parseIpRange("10.0.0.0/24") // { first: 167772160, last: 167772415 }
 */
export function parseIpRange(text: string): IpRange | null {
  const groups = IPV4.exec(text.trim())?.groups;
  if (groups === undefined) return null;
  const bytes = [groups["a"], groups["b"], groups["c"], groups["d"]].map(Number);
  const prefix = Number(groups["prefix"] ?? 32);
  if (bytes.some((byte) => byte > 255) || prefix > 32) return null;
  const address = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  const size = 2 ** (32 - prefix);
  const first = address - (address % size);
  return { first, last: first + size - 1 };
}

/** How many addresses lie in at least one of the ranges. */
export function countAddresses(ranges: readonly IpRange[]): number {
  let count = 0;
  let next = 0;
  for (const { first, last } of [...ranges].sort((a, b) => a.first - b.first)) {
    const start = Math.max(first, next);
    if (last >= start) count += last - start + 1;
    next = Math.max(next, last + 1);
  }
  return count;
}
