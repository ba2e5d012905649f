import { ArmObject, type ArmScalar, type ArmValue, isArmArray } from "./arm-value.ts";
import { assertNever } from "../lib/assert-never.ts";
import type { ExpressionNode } from "./ast.ts";
import { formatDouble } from "./dotnet/number-format.ts";
import { Sensitive, Unknown } from "./value.ts";

/* One UTF-16 unit at a time: what the lexer takes for an identifier. */
const IDENTIFIER = /^[\p{L}_$][\p{L}\p{Nd}_$]*$/u;

/**
 * The expression in the form in which Microsoft's engine prints it, without brackets: parsing it gives the same expression.
 *
 * @example printNode(node) // "concat('a', parameters('b').c[0])"
 */
export function printNode(node: ExpressionNode): string {
  switch (node.kind) {
    case "text":
      return quoted(node.value);
    case "integer":
      return node.value.toString();
    case "call":
      return printCall(node.name, node.args.map(printNode));
    case "member":
      return printNode(node.target) + printMember(node.name);
    case "index":
      return `${printNode(node.target)}[${printNode(node.index)}]`;
    default:
      return assertNever(node);
  }
}

/** A call of the function with arguments that are printed already. */
export function printCall(name: string, args: readonly string[]): string {
  return `${name}(${args.join(", ")})`;
}

/** What stands behind an expression to read its member. */
export function printMember(name: string): string {
  return IDENTIFIER.test(name) && !/[\ud800-\udfff]/.test(name) ? `.${name}` : `[${quoted(name)}]`;
}

/**
 * The expression that gives `value`: known parts as literals, unknown and secret ones as the expressions they come from.
 *
 * @returns `null` when a part has no expression or the text would be longer than `maxLength`
 */
export function printValue(value: ArmValue, maxLength: number): string | null {
  const writer = new ValueWriter(maxLength);
  return writer.write(value) ? writer.text : null;
}

/**
 * Several texts put together, unless one is missing or they are longer than `maxLength`.
 *
 * @param compose makes one text of all
 */
export function composed(
  texts: readonly (string | null)[],
  maxLength: number,
  compose: (texts: readonly string[]) => string,
): string | null {
  let length = 0;
  const present: string[] = [];
  for (const text of texts) {
    if (text === null) return null;
    length += text.length;
    present.push(text);
  }
  return length > maxLength ? null : compose(present);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

class ValueWriter {
  readonly #maxLength: number;
  #parts: string[] = [];
  #length = 0;

  constructor(maxLength: number) {
    this.#maxLength = maxLength;
  }

  get text(): string {
    return this.#parts.join("");
  }

  /** Whether all of `value` could be written. */
  write(value: ArmValue): boolean {
    if (value instanceof Unknown || value instanceof Sensitive) return this.#add(value.expression);
    if (value instanceof ArmObject) return this.#object(value);
    if (isArmArray(value)) return this.#array(value);
    return this.#add(scalarText(value));
  }

  #object(value: ArmObject): boolean {
    if (value.rest !== null) return this.#add(value.rest.expression);
    if (value.secretNames) return false;
    this.#add("createObject(");
    let separator = "";
    for (const [name, member] of value.members) {
      this.#add(separator);
      this.#add(value.unknownNames?.has(name) === true ? name.slice(1, -1) : quoted(name));
      this.#add(", ");
      if (!this.write(member)) return false;
      separator = ", ";
    }
    return this.#add(")");
  }

  #array(values: readonly ArmValue[]): boolean {
    this.#add("createArray(");
    for (const [index, value] of values.entries()) {
      if (index > 0) this.#add(", ");
      if (!this.write(value)) return false;
    }
    return this.#add(")");
  }

  #add(text: string | null): boolean {
    if (text === null) return false;
    this.#length += text.length;
    this.#parts.push(text);
    return this.#length <= this.#maxLength;
  }
}

function scalarText(value: ArmScalar): string {
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number") return `json('${formatDouble(value)}')`;
  return typeof value === "bigint" ? value.toString() : `${String(value)}()`;
}
