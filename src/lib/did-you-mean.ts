import { closest, distance } from "fastest-levenshtein";

/** The candidate that `text` was probably meant to be, or `undefined` when none is near. */
export function didYouMean(text: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const lowered = text.toLowerCase();
  const best = closest(
    lowered,
    candidates.map((candidate) => candidate.toLowerCase()),
  );
  const index = candidates.findIndex((candidate) => candidate.toLowerCase() === best);
  return distance(lowered, best) <= Math.max(2, Math.floor(text.length / 3)) ? candidates[index] : undefined;
}

/** `did you mean …?` as the end of a message, or nothing. */
export function suggestion(text: string, candidates: readonly string[]): string {
  const meant = didYouMean(text, candidates);
  return meant === undefined ? "" : `; did you mean ${meant}?`;
}
