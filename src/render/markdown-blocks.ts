/** A section that opens on a click. */
export function folded(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

/** "and n more" as the last line of a list that was cut. */
export function restLine(total: number, shown: number): string {
  return total > shown ? `\n\n…and ${total - shown} more; the JSON report lists them all.` : "";
}
