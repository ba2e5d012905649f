import { crc32, deflateRawSync } from "node:zlib";

/** One file of an archive. */
export interface ZipEntry {
  /** With forward slashes, relative. */
  readonly name: string;
  readonly data: Uint8Array;
}

/** 1 January 1980, the earliest day there is: the same files give the same archive on every day. */
const DATE = 0x0021;
const DEFLATE = 8;
const UTF8_NAMES = 0x0800;
const VERSION_NEEDED = 20;
const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;

/** A zip archive of the files, in the order given. @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data } of entries) {
    const packed = deflateRawSync(data, { level: 9 });
    const path = Buffer.from(name, "utf8");
    const shared = sharedHeader(path, { sum: crc32(data), packed: packed.length, plain: data.length });
    const local = Buffer.concat([u32(LOCAL_HEADER), shared, path, packed]);
    // made by, the shared part, then comment, disk, attributes and offset
    directory.push(
      Buffer.concat([u32(CENTRAL_HEADER), u16(VERSION_NEEDED), shared, Buffer.alloc(10), u32(offset), path]),
    );
    files.push(local);
    offset += local.length;
  }
  return Buffer.concat([...files, ...directory, endOf(directory, offset)]);
}

interface Sizes {
  readonly sum: number;
  readonly packed: number;
  readonly plain: number;
}

/** What the header before the file and that in the directory have in common. */
function sharedHeader(path: Buffer, { sum, packed, plain }: Sizes): Buffer {
  const fields = [u16(VERSION_NEEDED), u16(UTF8_NAMES), u16(DEFLATE), u16(0), u16(DATE), u32(sum), u32(packed)];
  return Buffer.concat([...fields, u32(plain), u16(path.length), u16(0)]);
}

function endOf(directory: readonly Buffer[], offset: number): Buffer {
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const count = u16(directory.length);
  return Buffer.concat([u32(END_OF_DIRECTORY), u32(0), count, count, u32(size), u32(offset), u16(0)]);
}

function u16(value: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeUInt16LE(value);
  return buffer;
}

function u32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
}
