import { randomBytes } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";
import { GateError } from "../diagnostics/gate-error.ts";

/** Writes a whole file or nothing: a reader sees the old text or the new one. @throws GateError OUTPUT_NOT_WRITTEN */
export async function replaceFile(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomBytes(4).toString("hex")}.tmp`;
  try {
    await writeFile(draft, text);
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true });
    throw new GateError("OUTPUT_NOT_WRITTEN", `${path} cannot be written`, { cause });
  }
}
