/** At most `maxChars` characters of a text, never half a one; what is left out is counted. */
export function shorten(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  const kept = cut(text, maxChars);
  return `${kept}… (${text.length - kept.length} more characters)`;
}

/** The first `maxChars` UTF-16 units of a text, or one less where the last would be half a character. */
export function cut(text: string, maxChars: number): string {
  const kept = text.slice(0, maxChars);
  return /[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept;
}
