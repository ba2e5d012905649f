/** One line of a hunk. */
export interface DiffLine {
  readonly kind: "context" | "added" | "removed";
  readonly text: string;
  /** 1-based line in the old file; absent for added lines. */
  readonly oldLine?: number;
  /** 1-based line in the new file; absent for removed lines. */
  readonly newLine?: number;
}

/** A run of changed lines with their context. */
export interface Hunk {
  readonly lines: readonly DiffLine[];
}

const CONTEXT_LINES = 3;

/** What turns `before` into `after`, line by line, as `git diff` groups it. */
export function diffOf(before: string, after: string): readonly Hunk[] {
  return groupIntoHunks(linesOf(splitLines(before), splitLines(after)));
}

/** `hunks` as GitHub writes a patch: without file headers, without a newline at the end. */
export function patchOf(hunks: readonly Hunk[]): string {
  return hunks.map((hunk) => [headerOf(hunk), ...hunk.lines.map(printLine)].join("\n")).join("\n");
}

function splitLines(text: string): readonly string[] {
  if (text === "") return [];
  return (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n");
}

/** All lines of both files, aligned along a longest common subsequence. */
function linesOf(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const lengths = commonLengths(before, after);
  const width = after.length + 1;
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < before.length && j < after.length) {
    if (before[i] === after[j]) {
      lines.push({ kind: "context", text: before[i] ?? "", oldLine: i + 1, newLine: j + 1 });
      i += 1;
      j += 1;
    } else if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) {
      lines.push({ kind: "removed", text: before[i] ?? "", oldLine: i + 1 });
      i += 1;
    } else {
      lines.push({ kind: "added", text: after[j] ?? "", newLine: j + 1 });
      j += 1;
    }
  }
  const removed = before.slice(i).map((text, k): DiffLine => ({ kind: "removed", text, oldLine: i + k + 1 }));
  const added = after.slice(j).map((text, k): DiffLine => ({ kind: "added", text, newLine: j + k + 1 }));
  return [...lines, ...removed, ...added];
}

/** Length of the longest common subsequence of the two tails, for each pair of positions, row by row. */
function commonLengths(before: readonly string[], after: readonly string[]): Uint32Array {
  const width = after.length + 1;
  const lengths = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const here = i * width + j;
      const isEqual = before[i] === after[j];
      lengths[here] = isEqual
        ? (lengths[here + width + 1] ?? 0) + 1
        : Math.max(lengths[here + width] ?? 0, lengths[here + 1] ?? 0);
    }
  }
  return lengths;
}

function groupIntoHunks(lines: readonly DiffLine[]): readonly Hunk[] {
  const hunks: Hunk[] = [];
  let current: DiffLine[] = [];
  let lastChange = -Infinity;
  for (const [index, line] of lines.entries()) {
    if (line.kind !== "context") lastChange = index;
    const isNear = index - lastChange <= CONTEXT_LINES || hasChangeWithin(lines, index);
    if (isNear) current.push(line);
    if (!isNear && current.length > 0) {
      hunks.push({ lines: current });
      current = [];
    }
  }
  return current.length > 0 ? [...hunks, { lines: current }] : hunks;
}

function hasChangeWithin(lines: readonly DiffLine[], index: number): boolean {
  return lines.slice(index, index + CONTEXT_LINES + 1).some(({ kind }) => kind !== "context");
}

function headerOf({ lines }: Hunk): string {
  const old = rangeOf(lines.flatMap(({ oldLine }) => oldLine ?? []));
  const now = rangeOf(lines.flatMap(({ newLine }) => newLine ?? []));
  return `@@ -${old} +${now} @@`;
}

function rangeOf(numbers: readonly number[]): string {
  const [first = 0] = numbers;
  return numbers.length === 1 ? String(first) : `${String(first)},${String(numbers.length)}`;
}

function printLine({ kind, text }: DiffLine): string {
  const sign = { context: " ", added: "+", removed: "-" }[kind];
  return `${sign}${text}`;
}
