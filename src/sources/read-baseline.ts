import { GateError } from "../diagnostics/gate-error.ts";
import { parseBaseline } from "../findings/baseline.ts";
import type { Baseline } from "../findings/classify.ts";
import type { SourceTree } from "../ports.ts";
import { readDocument } from "./document.ts";

/** The findings of an earlier report; `null` without one. @throws GateError BASELINE_INVALID */
export async function readBaseline(path: string | undefined, tree: SourceTree): Promise<Baseline | null> {
  if (path === undefined) return null;
  try {
    const { text, name } = await readDocument(tree, path);
    return parseBaseline(text, name);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : "it cannot be read";
    throw new GateError("BASELINE_INVALID", message, { cause });
  }
}
