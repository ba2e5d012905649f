import type {
  CallNode,
  ExpressionNode,
  IntegerNode,
  Span as ExpressionSpan,
  TextNode,
} from "../../../expression/ast.ts";
import { foldName } from "../../../expression/dotnet/casing.ts";
import { endOf, type Span } from "../syntax/span.ts";

const MAX_INTEGER = 2_147_483_647n;
const MIN_INTEGER = -2_147_483_648n;

/** Makes expressions of the template language that stand for one place of a Bicep file. */
export class Builder {
  readonly #span: ExpressionSpan;

  constructor(place: Span) {
    this.#span = { start: place.offset, end: endOf(place) };
  }

  call(name: string, ...args: readonly ExpressionNode[]): CallNode {
    return { kind: "call", name, key: foldName(name), args, span: this.#span };
  }

  /** The call of a function that no template can name. */
  reserved(name: string, ...args: readonly ExpressionNode[]): CallNode {
    return { kind: "call", name, key: foldName(`#${name}`), args, span: this.#span };
  }

  text(value: string): TextNode {
    return { kind: "text", value, span: this.#span };
  }

  /** The template language has no literals for integers of more than 32 bits. */
  integer(value: bigint): CallNode | IntegerNode {
    if (value > MAX_INTEGER || value < MIN_INTEGER) return this.call("json", this.text(value.toString()));
    return { kind: "integer", value, span: this.#span };
  }

  boolean(value: boolean): CallNode {
    return this.call(value ? "true" : "false");
  }

  null(): CallNode {
    return this.call("null");
  }

  member(target: ExpressionNode, name: string): ExpressionNode {
    return { kind: "member", target: this.#accessible(target), name, span: this.#span };
  }

  /** `target[index]`; an index that is a text is the name of a member. */
  index(target: ExpressionNode, index: ExpressionNode): ExpressionNode {
    if (index.kind === "text") return this.member(target, index.value);
    return { kind: "index", target: this.#accessible(target), index, span: this.#span };
  }

  members(target: ExpressionNode, ...names: readonly string[]): ExpressionNode {
    return names.reduce((inner, name) => this.member(inner, name), target);
  }

  /** The value as a call: only of calls can members be read, and only calls are expressions. */
  callOf(value: ExpressionNode): ExpressionNode {
    return this.#accessible(value);
  }

  #accessible(value: ExpressionNode): ExpressionNode {
    if (value.kind === "text") return this.call("string", value);
    return value.kind === "integer" ? this.call("int", value) : value;
  }
}
