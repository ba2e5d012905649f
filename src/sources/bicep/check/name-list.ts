/** As many names are told in a message; who has more of them learns nothing from the rest. */
export const MAX_NAMES = 12;

/** Names as a message lists them. */
export function nameList(names: Iterable<string>, separator = ", "): string {
  const listed: string[] = [];
  for (const name of names) {
    if (listed.length === MAX_NAMES) return `${listed.join(separator)}${separator}…`;
    listed.push(`"${name}"`);
  }
  return listed.join(separator);
}
