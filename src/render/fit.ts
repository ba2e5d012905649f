import { cut } from "./shorten.ts";

/** How much a text may hold, in UTF-16 characters and UTF-8 bytes. */
export interface Space {
  readonly chars: number;
  readonly bytes: number;
}

/** How much of the report is written out. */
export interface Detail {
  /** One entry for each finding, or one for all findings of a rule. */
  readonly each: "finding" | "rule";
  /** Entries written out in each section; the others are counted. */
  readonly findings: number;
  /** Whether entries carry their folded explanation. */
  readonly explanations: boolean;
  /** Changes, coverage entries and notifications listed; the others are counted. */
  readonly entries: number;
}

/** From everything to counts alone; the first that fits is taken. */
const LEVELS: readonly Detail[] = [
  { each: "finding", findings: Number.POSITIVE_INFINITY, explanations: true, entries: 200 },
  { each: "finding", findings: Number.POSITIVE_INFINITY, explanations: true, entries: 20 },
  { each: "finding", findings: Number.POSITIVE_INFINITY, explanations: false, entries: 20 },
  { each: "rule", findings: 200, explanations: true, entries: 20 },
  { each: "rule", findings: 200, explanations: false, entries: 20 },
  { each: "rule", findings: 20, explanations: false, entries: 5 },
  { each: "rule", findings: 5, explanations: false, entries: 0 },
  { each: "rule", findings: 0, explanations: false, entries: 0 },
];

const NOTICE = "\n\nThe rest of this report does not fit here.\n";

/**
 * The most detailed text that fits. `compose` gives `null` for a detail that is hopeless. When not even the shortest text fits it is cut, at the
 * end of a line where there is one, and says so.
 */
export function fit(compose: (detail: Detail) => string | null, space: Space): string {
  let shortest = "";
  for (const detail of LEVELS) {
    const text = compose(detail);
    if (text === null) continue;
    if (text.length <= space.chars && Buffer.byteLength(text) <= space.bytes) return text;
    shortest = text;
  }
  const room = Math.min(space.chars, Math.floor(space.bytes / 4)) - NOTICE.length;
  const kept = cut(shortest, Math.max(0, room));
  const lineEnd = kept.lastIndexOf("\n");
  return (lineEnd > 0 ? kept.slice(0, lineEnd) : kept) + NOTICE;
}
