/**
 * Breaks a text at blanks into lines of at most `width` characters, all but the first shorter by `hang`. A longer word stands alone, unbroken;
 * several blanks count as one.
 */
export function wrap(text: string, width: number, hang = 0): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/ +/)) {
    const room = lines.length === 0 ? width : width - hang;
    if (line !== "" && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
