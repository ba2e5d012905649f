/** A section that opens on a click. */
export function folded(summary: string, body: string, isOpen = false): string {
  return `<details${isOpen ? " open" : ""}><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

/** "and n more" as the last line of a list that was cut. */
export function restLine(total: number, shown: number): string {
  if (total <= shown) return "";
  const rest = `…and ${total - shown} more; the JSON report lists them all.`;
  return shown === 0 ? rest.slice(1) : `\n\n${rest}`;
}
