import type { Element } from "./ast.ts";

/**
 * The text that `element` was read from, with the white space and comments in it and before it. For a whole program that is
 * the file, byte for byte.
 */
export function print(element: Element): string {
  const texts: string[] = [];
  printInto(texts, element);
  return texts.join("");
}

function printInto(texts: string[], element: Element): void {
  if (element.kind === "token") {
    texts.push(element.leading, element.text);
    return;
  }
  for (const child of element.children) printInto(texts, child);
}
