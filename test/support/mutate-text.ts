import type { SeededRandom } from "./random.ts";

const CHARACTERS = "'\"${}[]().,:;=+-*/%!<>?|&@#\\ \n\r\tabz019_^~`é";

/** `text` with one character deleted, inserted or replaced. */
export function mutateText(text: string, random: SeededRandom): string {
  const at = random.below(text.length);
  const character = CHARACTERS.charAt(random.below(CHARACTERS.length));
  const kind = random.below(3);
  const inserted = kind === 0 ? "" : character;
  return text.slice(0, at) + inserted + text.slice(kind === 1 ? at : at + 1);
}
