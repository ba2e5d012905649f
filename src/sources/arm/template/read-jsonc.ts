import { GateError } from "../../../diagnostics/gate-error.ts";
import type { ArmScalar } from "../../../expression/arm-value.ts";
import { JsonText } from "./json-text.ts";
import { type MemberNode, SourceFile, type TemplateNode } from "./node.ts";

/** Deepest nesting that is read: far more than any template, far less than the call stack bears. */
const MAX_DEPTH = 500;

/** Longest text that is read, in UTF-16 units. Resource Manager refuses templates beyond 4 MB. */
const MAX_LENGTH = 32 * 1024 * 1024;

/**
 * Reads JSON as ARM's tooling takes it: with comments, trailing commas, line breaks in texts and texts in single quotes. Every node
 * knows where it is written.
 *
 * @param name the file as reports name it
 * @throws GateError SOURCE_NOT_JSON with line and column, SOURCE_TOO_DEEP, SOURCE_TOO_LARGE
 * @see https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax#comments
 */
export function readJsonc(text: string, name: string): TemplateNode {
  if (text.length > MAX_LENGTH) {
    throw new GateError("SOURCE_TOO_LARGE", `${name} has more than ${MAX_LENGTH / 1024 / 1024} million characters`);
  }
  return new Reader(new SourceFile(name, text)).document();
}

const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COMMA = 0x2c;
const COLON = 0x3a;

class Reader {
  readonly #file: SourceFile;
  readonly #json: JsonText;

  constructor(file: SourceFile) {
    this.#file = file;
    this.#json = new JsonText(file);
  }

  document(): TemplateNode {
    const root = this.#value(0);
    if (this.#json.peek() >= 0) this.#json.refuse("something stands behind the end of the document");
    return root;
  }

  #value(depth: number): TemplateNode {
    if (depth > MAX_DEPTH) {
      throw new GateError("SOURCE_TOO_DEEP", `${this.#file.name} is nested more than ${MAX_DEPTH} levels deep`);
    }
    const json = this.#json;
    const unit = json.peek();
    const start = json.at;
    if (unit === OPEN_BRACE) return this.#object(depth);
    if (unit === OPEN_BRACKET) return this.#array(depth);
    const file = this.#file;
    if (!json.isQuote(unit)) {
      const value: ArmScalar = json.literal();
      return { kind: "scalar", file, start, end: json.at, value };
    }
    const text = json.string();
    return text.charCodeAt(0) === OPEN_BRACKET
      ? { kind: "text", file, start, end: json.at, text }
      : { kind: "scalar", file, start, end: json.at, value: text };
  }

  #object(depth: number): TemplateNode {
    const json = this.#json;
    const start = json.at;
    const members = new Map<string, MemberNode>();
    json.skipUnit();
    for (let unit = json.peek(); unit !== CLOSE_BRACE; unit = json.peek()) {
      if (!json.isQuote(unit)) json.refuse("expected a name in quotes or }");
      const nameStart = json.at;
      const name = json.string();
      const end = json.at;
      if (json.peek() !== COLON) json.refuse("expected :");
      json.skipUnit();
      members.set(name, { name, file: this.#file, start: nameStart, end, value: this.#value(depth + 1) });
      this.#separator(CLOSE_BRACE, "expected , or }");
    }
    json.skipUnit();
    return { kind: "object", file: this.#file, start, end: json.at, members };
  }

  #array(depth: number): TemplateNode {
    const json = this.#json;
    const start = json.at;
    const elements: TemplateNode[] = [];
    json.skipUnit();
    while (json.peek() !== CLOSE_BRACKET) {
      elements.push(this.#value(depth + 1));
      this.#separator(CLOSE_BRACKET, "expected , or ]");
    }
    json.skipUnit();
    return { kind: "array", file: this.#file, start, end: json.at, elements };
  }

  #separator(close: number, expected: string): void {
    const unit = this.#json.peek();
    if (unit === COMMA) this.#json.skipUnit();
    else if (unit !== close) this.#json.refuse(expected);
  }
}
