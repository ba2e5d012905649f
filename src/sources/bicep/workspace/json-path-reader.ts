import type { Condition, Operand, Selector } from "./json-path-selector.ts";

/** A JSONPath that cannot be followed here. */
export class UnsupportedPath extends Error {}

const MAX_DEPTH = 50;
const OPERATORS = /===|!==|==|!=|<=|>=|<|>/uy;

/** Reads a JSONPath as Newtonsoft.Json does. */
export class PathReader {
  readonly #text: string;
  #offset = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The steps of the whole text. @throws UnsupportedPath */
  readPath(): readonly Selector[] {
    const start = this.#take(/\$(?=[.[]|$)/uy);
    const selectors = this.#readSteps(/[^\s.[\]()]+/uy, start === undefined);
    if (this.#offset < this.#text.length) throw new UnsupportedPath();
    return selectors;
  }

  /** @param isName whether a name may stand without a dot */
  #readSteps(name: RegExp, isName: boolean): readonly Selector[] {
    const selectors: Selector[] = [];
    if (isName) {
      const first = this.#take(name);
      if (first !== undefined) selectors.push(named(first, false));
    }
    for (;;) {
      const dots = this.#take(/\.\.?/uy);
      const deep = dots === "..";
      if ((dots === undefined || deep) && this.#take(/\[\s*/uy) !== undefined) {
        selectors.push(this.#readBrackets(deep));
      } else if (dots === undefined) return selectors;
      else selectors.push(named(this.#need(name), deep));
    }
  }

  #readBrackets(deep: boolean): Selector {
    const selector = this.#readBracketed(deep);
    this.#need(/\s*\]/uy);
    return selector;
  }

  #readBracketed(deep: boolean): Selector {
    if (this.#take(/\?\s*\(/uy) !== undefined) {
      const condition = this.#readCondition();
      this.#need(/\s*\)/uy);
      return { kind: "filter", condition, deep };
    }
    if (/['"]/u.test(this.#text.charAt(this.#offset))) {
      const names = this.#readList(() => this.#readText());
      return deep ? { kind: "scan", names } : { kind: "members", names };
    }
    if (this.#take(/\*/uy) !== undefined) return { kind: "anyItem" };
    const slice = this.#take(/(?:-?\d+)?\s*:\s*(?:-?\d+)?\s*(?::\s*(?:-?\d+)?)?/uy);
    return slice === undefined
      ? { kind: "items", indexes: this.#readList(() => Number(this.#need(/\d+/uy))) }
      : toSlice(slice);
  }

  #readList<T>(read: () => T): readonly T[] {
    const list = [read()];
    while (this.#take(/\s*,\s*/uy) !== undefined) list.push(read());
    return list;
  }

  #readText(): string {
    const text = this.#need(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/uy);
    return text.slice(1, -1).replace(/\\(.)/gu, "$1");
  }

  /** Whatever stands behind `&&` or `||` belongs together: neither binds closer. */
  #readCondition(): Condition {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new UnsupportedPath();
    const first = this.#readComparison();
    const operator = this.#take(/\s*(?:&&|\|\|)/uy)?.trim();
    if (operator === undefined) return first;
    return { kind: operator === "&&" ? "and" : "or", parts: [first, this.#readCondition()] };
  }

  #readComparison(): Condition {
    this.#need(/\s*@/uy);
    const left = this.#readItemPath();
    this.#take(/\s+/uy);
    const operator = this.#take(OPERATORS);
    if (operator === undefined) return { kind: "exists", left };
    this.#take(/\s+/uy);
    return { kind: "compare", left, operator, right: this.#readOperand() };
  }

  #readItemPath(): readonly Selector[] {
    return this.#readSteps(/[^\s.[\]()=<>!|&]+/uy, false);
  }

  #readOperand(): Operand {
    if (this.#take(/@/uy) !== undefined) return { path: this.#readItemPath() };
    if (/['"]/u.test(this.#text.charAt(this.#offset))) return { value: this.#readText() };
    const word = this.#need(/[\w+\-.]+/uy);
    if (word === "null") return { value: null };
    if (word === "true" || word === "false") return { value: word === "true" };
    if (/^-?\d+$/u.test(word)) return { value: BigInt(word) };
    if (Number.isNaN(Number(word))) throw new UnsupportedPath();
    return { value: Number(word) };
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#offset;
    const text = pattern.exec(this.#text)?.[0];
    if (text !== undefined) this.#offset += text.length;
    return text;
  }

  #need(pattern: RegExp): string {
    const text = this.#take(pattern);
    if (text === undefined) throw new UnsupportedPath();
    return text;
  }
}

function named(name: string, deep: boolean): Selector {
  if (deep) return { kind: "scan", names: name === "*" ? undefined : [name] };
  return name === "*" ? { kind: "anyMember" } : { kind: "members", names: [name] };
}

function toSlice(text: string): Selector {
  const [from, to, step] = text.split(":").map((part) => (part.trim() === "" ? undefined : Number(part)));
  if (step === 0) throw new UnsupportedPath();
  return { kind: "slice", from, to, step: step ?? 1 };
}
