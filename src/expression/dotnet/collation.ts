import { toUpperInvariant } from "./casing.ts";

/*
 * Comparison and search of texts as .NET does them in the invariant culture, on ICU.
 * https://learn.microsoft.com/dotnet/standard/base-types/best-practices-strings
 */

/** What a search may cost: asked before a slow one, with the number of comparisons. */
export type CostGuard = (comparisons: number) => void;

/*
 * Characters that match only themselves and their other letter case, so that no collation is needed: printable ASCII, and letters of
 * Western Europe, Greek, Cyrillic and Chinese.
 */
const PLAIN = /^[ -~\u00c0-\u00ff\u0391-\u03a9\u03b1-\u03c9\u0410-\u044f\u4e00-\u9fff]*$/;
/* Texts whose linguistic order needs no collation: digits before letters, letter case last. */
const ALPHANUMERIC = /^[0-9A-Za-z]*$/;
/* Forms that ICU takes for letter case, and .NET does not: wide and half-width letters, Katakana and Hiragana. */
const WIDTH_OR_KANA = /[\u3040-\u30ff\uff00-\uffef]/;

/** Compares texts the way the evaluator's `less`, `startsWith` and `indexOf` need it. What takes time to build is built when it is needed. */
export class TextComparer {
  #lazyOrdering: Intl.Collator | null = null;
  #lazyIgnoringCase: Intl.Collator | null = null;
  #graphemes: Intl.Segmenter | null = null;

  get #ordering(): Intl.Collator {
    return (this.#lazyOrdering ??= new Intl.Collator("en"));
  }

  get #ignoringCase(): Intl.Collator {
    return (this.#lazyIgnoringCase ??= new Intl.Collator("en", { sensitivity: "accent" }));
  }

  /** Negative, zero or positive: the linguistic order, in which `a` comes before `A` and `-` before letters. */
  compare(left: string, right: string): number {
    if (ALPHANUMERIC.test(left) && ALPHANUMERIC.test(right)) return compareAlphanumeric(left, right);
    return this.#ordering.compare(left, right);
  }

  /** Whether `text` starts with `affix`, letter case aside. */
  startsWith(text: string, affix: string, guard: CostGuard): boolean {
    if (PLAIN.test(text) && PLAIN.test(affix)) return sameFolded(text.slice(0, affix.length), affix);
    if (this.#isIgnorable(affix)) return true;
    const ends = this.#boundaries(text, guard);
    return ends.some((end) => this.#same(text.slice(0, end), affix));
  }

  /** Whether `text` ends with `affix`, letter case aside. */
  endsWith(text: string, affix: string, guard: CostGuard): boolean {
    if (PLAIN.test(text) && PLAIN.test(affix)) {
      return affix.length <= text.length && sameFolded(text.slice(text.length - affix.length), affix);
    }
    if (this.#isIgnorable(affix)) return true;
    const starts = this.#boundaries(text, guard);
    return starts.some((start) => this.#same(text.slice(start), affix));
  }

  /** Where `part` first occurs in `text`, letter case aside; -1 when it does not. */
  indexOf(text: string, part: string, guard: CostGuard): number {
    if (PLAIN.test(text) && PLAIN.test(part)) return toUpperInvariant(text).indexOf(toUpperInvariant(part));
    if (this.#isIgnorable(part)) return 0;
    const boundaries = this.#boundaries(text, guard);
    return boundaries.find((_, index) => this.#matchesAt(text, part, boundaries.slice(index))) ?? -1;
  }

  /** Where `part` last occurs in `text`, letter case aside; -1 when it does not. */
  lastIndexOf(text: string, part: string, guard: CostGuard): number {
    if (PLAIN.test(text) && PLAIN.test(part)) return toUpperInvariant(text).lastIndexOf(toUpperInvariant(part));
    if (this.#isIgnorable(part)) return text.length;
    const boundaries = this.#boundaries(text, guard);
    for (let index = boundaries.length - 1; index >= 0; index -= 1) {
      if (this.#matchesAt(text, part, boundaries.slice(index))) return boundaries[index] ?? -1;
    }
    return -1;
  }

  /** Whether `part` stands between the first of these boundaries and any other. */
  #matchesAt(text: string, part: string, boundaries: readonly number[]): boolean {
    const [start = 0, second] = boundaries;
    if (second === undefined || this.#isIgnorable(text.slice(start, second))) return false;
    return boundaries.some((end) => end > start && this.#same(text.slice(start, end), part));
  }

  /** Where a match may start or end: never within what a reader takes for one character. */
  #boundaries(text: string, guard: CostGuard): readonly number[] {
    guard(text.length * text.length);
    this.#graphemes ??= new Intl.Segmenter("en", { granularity: "grapheme" });
    const found = [...this.#graphemes.segment(text)].map((segment) => segment.index);
    return [...found, text.length];
  }

  #isIgnorable(text: string): boolean {
    return this.#ignoringCase.compare(text, "") === 0;
  }

  #same(left: string, right: string): boolean {
    if (this.#ignoringCase.compare(left, right) !== 0) return false;
    if (!WIDTH_OR_KANA.test(left) && !WIDTH_OR_KANA.test(right)) return true;
    return this.#ordering.compare(toUpperInvariant(left), toUpperInvariant(right)) === 0;
  }
}

function compareAlphanumeric(left: string, right: string): number {
  const [folded, other] = [left.toLowerCase(), right.toLowerCase()];
  if (folded !== other) return folded < other ? -1 : 1;
  if (left === right) return 0;
  return left > right ? -1 : 1; // of two texts alike but for letter case, the first small letter decides
}

function sameFolded(left: string, right: string): boolean {
  return left.length === right.length && toUpperInvariant(left) === toUpperInvariant(right);
}
