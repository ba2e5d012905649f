/** An address: 4 bytes (version 4) or 16 bytes (version 6), as one number. */
export interface IpAddress {
  readonly version: 4 | 6;
  readonly value: bigint;
}

const GROUPS = 8;

/**
 * Reads an address as .NET's `IPAddress.Parse` does: version 4 also in decimal with fewer than four parts (the last one fills the
 * rest), version 6 with or without a zone, whose name is dropped.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.net.ipaddress.parse
 */
export function parseIp(text: string): IpAddress | null {
  if (!text.includes(":")) {
    const value = parseVersion4(text);
    return value === null ? null : { version: 4, value };
  }
  const value = parseVersion6(text);
  return value === null ? null : { version: 6, value };
}

/** The address in its usual form, version 6 shortened as in RFC 5952. */
export function formatIp(address: IpAddress): string {
  return address.version === 4 ? formatVersion4(address.value) : formatVersion6(address.value);
}

function formatVersion4(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 0xffn)).join(".");
}

function parseVersion4(text: string): bigint | null {
  const parts = text.split(".").map(parsePart);
  const last = parts.pop();
  if (parts.length > 3 || last === undefined || last === null) return null;
  let value = 0n;
  for (const part of parts) {
    if (part === null || part > 255n) return null;
    value = (value << 8n) | part;
  }
  const bits = BigInt(8 * (4 - parts.length));
  return last >> bits === 0n ? (value << bits) | last : null;
}

/** Decimal, octal with a leading 0, hexadecimal with a leading 0x. */
function parsePart(part: string): bigint | null {
  if (/^0[0-7]+$/.test(part)) return BigInt(`0o${part}`);
  if (/^(?:0x[0-9a-f]+|0|[1-9][0-9]*)$/i.test(part) && part.length <= 16) return BigInt(part);
  return null;
}

function parseVersion6(text: string): bigint | null {
  const address = /^\[?(?<address>[0-9a-fA-F:.]*)(?:%[^\]/]*)?\]?$/.exec(text)?.groups?.["address"];
  const [before, after, more] = address?.split("::") ?? [];
  if (before === undefined || more !== undefined) return null;
  const groups = after === undefined ? groupsOf(before) : joinedGroups(before, after);
  return groups?.length === GROUPS ? groups.reduce((value, group) => (value << 16n) | group, 0n) : null;
}

/** The groups on both sides of `::`, which stands for at least one group of zeros. */
function joinedGroups(before: string, after: string): readonly bigint[] | null {
  const head = before === "" ? [] : groupsOf(before);
  const tail = after === "" ? [] : groupsOf(after);
  if (head === null || tail === null) return null;
  const missing = GROUPS - head.length - tail.length;
  return missing < 1 ? null : [...head, ...Array.from({ length: missing }, () => 0n), ...tail];
}

function groupsOf(half: string): bigint[] | null {
  const groups: bigint[] = [];
  const parts = half.split(":");
  for (const [index, part] of parts.entries()) {
    const embedded = part.includes(".") && index === parts.length - 1 ? parseDotted(part) : undefined;
    if (embedded === null) return null;
    if (embedded !== undefined) groups.push(embedded >> 16n, embedded & 0xffffn);
    else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(BigInt(`0x${part}`));
    else return null;
  }
  return groups;
}

function parseDotted(text: string): bigint | null {
  return /^[0-9]{1,3}(?:\.[0-9]{1,3}){3}$/.test(text) && text.split(".").every((part) => Number(part) < 256)
    ? text.split(".").reduce((value, part) => (value << 8n) | BigInt(part), 0n)
    : null;
}

function formatVersion6(value: bigint): string {
  if (endsInVersion4(value)) {
    const start = value >> 32n;
    const prefix = start === 0n ? "::" : start === 0xffffn ? "::ffff:" : `${formatGroups(value >> 32n, 6)}:`;
    return prefix + formatVersion4(value & 0xffffffffn);
  }
  return formatGroups(value, GROUPS);
}

/** IPv4-mapped, IPv4-compatible and ISATAP addresses are printed with a dotted end. */
function endsInVersion4(value: bigint): boolean {
  const start = value >> 32n;
  const end = value & 0xffffffffn;
  if (start === 0n) return end > 0xffffn;
  return start === 0xffffn || start === 0xffff0000n || (start & 0xffffffffn) === 0x5efen;
}

function formatGroups(value: bigint, count: number): string {
  const groups = Array.from({ length: count }, (_, index) => (value >> BigInt(16 * (count - 1 - index))) & 0xffffn);
  const [start, length] = longestZeros(groups);
  const text = (part: readonly bigint[]): string => part.map((group) => group.toString(16)).join(":");
  return length < 2 ? text(groups) : `${text(groups.slice(0, start))}::${text(groups.slice(start + length))}`;
}

function longestZeros(groups: readonly bigint[]): readonly [number, number] {
  let best: readonly [number, number] = [0, 0];
  for (let start = 0; start < groups.length; start += 1) {
    let end = start;
    while (groups[end] === 0n) end += 1;
    if (end - start > best[1]) best = [start, end - start];
  }
  return best;
}
