import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { type Call, DOCUMENTATION, type FunctionDefinition, textAt } from "./signature.ts";

const PAGE = `${DOCUMENTATION}-string`;
const BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
/** Fixed by ARM: the namespace of the name-based UUIDs (RFC 4122, version 5) that `guid()` makes. */
const GUID_NAMESPACE = "11fb06fb712d4ddd98c7e71bbd588830";

/** Functions that hash texts. */
export const HASH: readonly FunctionDefinition[] = [
  {
    name: "uniqueString",
    parameters: ["String"],
    rest: "String",
    checks: "all",
    documentation: `${PAGE}#uniquestring`,
    evaluate: (call) => uniqueString(joined(call)),
  },
  {
    name: "guid",
    parameters: ["String"],
    rest: "String",
    checks: "all",
    documentation: `${PAGE}#guid`,
    evaluate: (call) => guid(joined(call)),
  },
];

function joined(call: Call): string {
  return call.args.map((_, index) => textAt(call, index)).join("-");
}

/** A name-based UUID, version 5. */
function guid(name: string): string {
  const hash = createHash("sha1").update(Buffer.from(GUID_NAMESPACE, "hex")).update(name, "utf8").digest();
  const bytes = hash.subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** 64 bits of hash as 13 characters of base 32, the highest bits first. */
function uniqueString(text: string): string {
  let hash = murmurHash64(Buffer.from(text, "utf8"));
  let result = "";
  for (let index = 0; index < 13; index += 1) {
    result += BASE32.charAt(Number(hash >> 59n));
    hash = (hash << 5n) & 0xffffffffffffffffn;
  }
  return result;
}

/**
 * The two-lane 32-bit variant of MurmurHash3 with seed 0.
 *
 * @example murmurHash64(Buffer.from("hello-world")) // 571013382255652050n
 */
function murmurHash64(data: Buffer): bigint {
  let low = 0;
  let high = 0;
  let at = 0;
  for (; at + 8 <= data.length; at += 8) {
    low = mixBlock(low ^ mixLow(data.readUInt32LE(at)), [19, high, 0x561ccd1b]);
    high = mixBlock(high ^ mixHigh(data.readUInt32LE(at + 4)), [13, low, 0x0bcaa747]);
  }
  const rest = Buffer.alloc(8);
  data.copy(rest, 0, at);
  if (data.length - at > 4) high ^= mixHigh(rest.readUInt32LE(4));
  if (data.length > at) low ^= mixLow(rest.readUInt32LE(0));
  low ^= data.length;
  high ^= data.length;
  low = (low + high) | 0;
  high = (high + low) | 0;
  low = finalMix(low);
  high = finalMix(high);
  low = (low + high) | 0;
  high = (high + low) | 0;
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}

function mixLow(word: number): number {
  return Math.imul(rotate(Math.imul(word, 0x239b961b), 15), 0xab0e9789);
}

function mixHigh(word: number): number {
  return Math.imul(rotate(Math.imul(word, 0xab0e9789), 17), 0x239b961b);
}

function mixBlock(lane: number, [turn, other, constant]: readonly [number, number, number]): number {
  return (Math.imul((rotate(lane, turn) + other) | 0, 5) + constant) | 0;
}

function finalMix(lane: number): number {
  let mixed = lane ^ (lane >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
