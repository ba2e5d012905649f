const LETTERS_PER_EDIT = 0.34;
const MAX_LENGTH_DIFFERENCE = 2;
const MIN_CANDIDATE_LENGTH = 3;

/** Among more candidates none is looked for. */
export const MAX_CANDIDATES = 1000;

/**
 * The candidate that `name` was probably meant to be: the same but for letter case, or one edit away for every three letters.
 * The compiler gives other codes where it has such a suggestion (BCP082 for BCP057, BCP089 for BCP037 …).
 */
export function suggest(name: string, candidates: readonly string[]): string | undefined {
  if (candidates.length > MAX_CANDIDATES) return undefined;
  const edits = Math.floor(name.length * LETTERS_PER_EDIT);
  const lengthDifference = Math.min(edits, MAX_LENGTH_DIFFERENCE);
  const upper = name.toUpperCase();
  let best: string | undefined;
  let limit = edits;
  for (const candidate of candidates) {
    if (candidate === "" || Math.abs(name.length - candidate.length) > lengthDifference) continue;
    if (candidate.toUpperCase() === upper) return candidate;
    if (limit < 1 || candidate.length < MIN_CANDIDATE_LENGTH) continue;
    const distance = editDistance(upper, candidate.toUpperCase());
    if (distance > limit) continue;
    best = candidate;
    // Nothing is better than one edit but the same word; otherwise only what is closer.
    limit = distance - 1;
  }
  return best;
}

/** How many letters must be inserted, deleted or replaced to make `first` of `second`. */
function editDistance(first: string, second: string): number {
  let previous = Array.from({ length: second.length + 1 }, (_, index) => index);
  for (let row = 1; row <= first.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= second.length; column += 1) {
      const same = first.charAt(row - 1) === second.charAt(column - 1);
      const diagonal = previous[column - 1] ?? 0;
      const edit = 1 + Math.min(previous[column] ?? 0, current[column - 1] ?? 0, diagonal);
      current.push(same ? diagonal : edit);
    }
    previous = current;
  }
  return previous[second.length] ?? 0;
}
