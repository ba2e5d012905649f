/** How much a text may hold, in UTF-16 characters and UTF-8 bytes. */
export interface Space {
  readonly chars: number;
  readonly bytes: number;
}

/** How much of the report is written out. */
export interface Detail {
  /** Findings written out in each section; the others are counted. */
  readonly findings: number;
  /** Whether findings carry their folded explanation. */
  readonly explanations: boolean;
  /** Changes and coverage entries listed; the others are counted. */
  readonly entries: number;
}

/** From everything to counts alone; the first that fits is taken. */
const LEVELS: readonly Detail[] = [
  { findings: Number.POSITIVE_INFINITY, explanations: true, entries: 200 },
  { findings: 100, explanations: true, entries: 50 },
  { findings: 50, explanations: true, entries: 20 },
  { findings: 50, explanations: false, entries: 20 },
  { findings: 20, explanations: false, entries: 5 },
  { findings: 5, explanations: false, entries: 0 },
  { findings: 0, explanations: false, entries: 0 },
];

/** The most detailed text that fits. When not even the shortest does, it is cut, with a line that says so. */
export function fit(compose: (detail: Detail) => string, space: Space): string {
  let text = "";
  for (const detail of LEVELS) {
    text = compose(detail);
    if (text.length <= space.chars && Buffer.byteLength(text) <= space.bytes) return text;
  }
  const notice = "\n\nThe rest of this report does not fit here.\n";
  const kept = Math.min(space.chars, Math.floor(space.bytes / 4)) - notice.length;
  return text.slice(0, Math.max(0, kept)) + notice;
}
