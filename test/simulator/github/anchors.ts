import { patchOf, type DiffLine, type Hunk } from "../git/diff.ts";
import type { FileChange } from "../git/repository.ts";
import { maybeNumber, maybeText, type JsonObject } from "../json.ts";

/** Where a review comment stands. */
export interface Anchor {
  readonly path: string;
  readonly subjectType: "line" | "file";
  readonly side: "LEFT" | "RIGHT";
  readonly line: number | undefined;
  readonly startLine: number | undefined;
  readonly startSide: "LEFT" | "RIGHT" | undefined;
  /** The hunk up to the line, as GitHub shows it above the comment. */
  readonly diffHunk: string;
}

/** What is wrong with a wanted anchor. */
export type AnchorProblem = "path" | "line" | "start-after-line" | "start-in-other-hunk";

/** The place that `wanted` (a comment of a request) names in `changes`, or what is wrong with it. */
export function anchorOf(wanted: JsonObject, changes: readonly FileChange[]): Anchor | AnchorProblem {
  const path = maybeText(wanted["path"]) ?? "";
  const change = changes.find((one) => one.path === path);
  if (change === undefined) return "path";
  const side = sideOf(wanted["side"]) ?? "RIGHT";
  if (wanted["subject_type"] === "file") {
    return {
      path,
      subjectType: "file",
      side,
      line: undefined,
      startLine: undefined,
      startSide: undefined,
      diffHunk: "",
    };
  }
  return lineAnchor(wanted, change, side);
}

/** Whether `line` still stands in the diff of `path`. */
export function isInDiff(changes: readonly FileChange[], anchor: Pick<Anchor, "path" | "side" | "line">): boolean {
  const change = changes.find((one) => one.path === anchor.path);
  return (
    change !== undefined && (anchor.line === undefined || findLine(change, anchor.side, anchor.line) !== undefined)
  );
}

function lineAnchor(wanted: JsonObject, change: FileChange, side: "LEFT" | "RIGHT"): Anchor | AnchorProblem {
  const line = maybeNumber(wanted["line"]);
  const found = line === undefined ? undefined : findLine(change, side, line);
  if (line === undefined || found === undefined) return "line";
  const startLine = maybeNumber(wanted["start_line"]);
  const startSide = sideOf(wanted["start_side"]) ?? (startLine === undefined ? undefined : side);
  const anchor = { path: change.path, subjectType: "line" as const, side, line, diffHunk: shownHunk(found) };
  if (startLine === undefined || startSide === undefined)
    return { ...anchor, startLine: undefined, startSide: undefined };
  const start = findLine(change, startSide, startLine);
  if (start?.hunk !== found.hunk) return "start-in-other-hunk";
  return start.index < found.index ? { ...anchor, startLine, startSide } : "start-after-line";
}

interface FoundLine {
  readonly hunk: Hunk;
  readonly index: number;
}

function findLine(change: FileChange, side: "LEFT" | "RIGHT", line: number): FoundLine | undefined {
  const isLine = (one: DiffLine): boolean => (side === "LEFT" ? one.oldLine : one.newLine) === line;
  const hunk = change.hunks.find(({ lines }) => lines.some(isLine));
  return hunk === undefined ? undefined : { hunk, index: hunk.lines.findIndex(isLine) };
}

function shownHunk({ hunk, index }: FoundLine): string {
  const [header = "", ...lines] = patchOf([hunk]).split("\n");
  return [header, ...lines.slice(0, index + 1)].join("\n");
}

function sideOf(value: unknown): "LEFT" | "RIGHT" | undefined {
  return value === "LEFT" || value === "RIGHT" ? value : undefined;
}
