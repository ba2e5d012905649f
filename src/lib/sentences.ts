/** Texts one after another, each ended by one full stop. */
export function sentences(...texts: readonly string[]): string {
  return texts.map((text) => (/[.!?…]$/u.test(text) ? text : `${text}.`)).join(" ");
}
