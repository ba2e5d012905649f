import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** What a fake does when it is started for JSON-RPC, as the body of a script; `answer`, `send`, `onRequest` and `log` are at hand. */
export interface FakeBicep {
  readonly path: string;
  readonly jsonrpc: string;
  /** The body for every other command line. */
  readonly command?: string;
}

/** Writes a program that stands for the Bicep CLI. It runs on the Node of the tests and reads its requests properly. */
export function writeFakeBicep({ path, jsonrpc, command = "process.exit(1);" }: FakeBicep): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(
    path,
    `#!${process.execPath}\n${PRELUDE}\nif (process.argv[2] === "jsonrpc") {\n${jsonrpc}\n} else {\n${command}\n}\n`,
  );
  chmodSync(path, 0o755);
  return path;
}

const PRELUDE = `
const fs = require("node:fs");
const send = (text) => fs.writeSync(1, text);
const frame = (message) => { const body = JSON.stringify(message); return "Content-Length: " + Buffer.byteLength(body) + "\\r\\n\\r\\n" + body; };
const answer = (id, result) => send(frame({ jsonrpc: "2.0", id, result }));
const refuse = (id, message) => send(frame({ jsonrpc: "2.0", id, error: { code: -32000, message } }));
function onRequest(handle) {
  let buffer = Buffer.alloc(0);
  process.stdin.on("data", (chunk) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const head = buffer.indexOf("\\r\\n\\r\\n");
      if (head < 0) return;
      const length = Number(/Content-Length: (\\d+)/.exec(buffer.toString("latin1", 0, head))[1]);
      if (buffer.length < head + 4 + length) return;
      const message = JSON.parse(buffer.toString("utf8", head + 4, head + 4 + length));
      buffer = buffer.subarray(head + 4 + length);
      handle(message);
    }
  });
}
`;
