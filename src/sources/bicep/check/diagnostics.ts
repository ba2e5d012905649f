import type { Diagnostic } from "../diagnostic.ts";
import { byPlace } from "../diagnostic.ts";
import { semanticDiagnostic, type Report } from "../messages.ts";
import { endOf, type Span } from "../syntax/span.ts";
import { isWithin } from "./within.ts";

/**
 * What is found in a file. Faults that leave an expression without a type are carried up to what it is part of: within a lambda
 * they give way to one fault of the lambda.
 */
export class FileDiagnostics {
  readonly #reported = new Map<string, Diagnostic>();
  readonly #carried = new Map<string, Diagnostic>();
  readonly #withdrawn: Span[] = [];

  readonly report: Report = (...fault) => {
    add(this.#reported, semanticDiagnostic(...fault));
  };

  readonly carry: Report = (...fault) => {
    add(this.#carried, semanticDiagnostic(...fault));
  };

  /** Drops what is carried out of `span`, now or later. */
  readonly withdraw = (span: Span): void => {
    this.#withdrawn.push(span);
  };

  /** All that counts, in the order of their places. */
  all(): Diagnostic[] {
    const spans = outermost(this.#withdrawn);
    let next = 0;
    const carried = [...this.#carried.values()].sort(byPlace).filter((fault) => {
      let span = spans[next];
      while (span !== undefined && endOf(span) <= fault.offset) {
        next += 1;
        span = spans[next];
      }
      return span === undefined || !isWithin(fault, span);
    });
    return [...this.#reported.values(), ...carried].sort(byPlace);
  }
}

/** The spans that lie in no other, in order; all are of nodes of one tree. */
function outermost(spans: readonly Span[]): readonly Span[] {
  const sorted = spans.toSorted((left, right) => left.offset - right.offset || right.length - left.length);
  const result: Span[] = [];
  for (const span of sorted) {
    const last = result.at(-1);
    if (last === undefined || !isWithin(span, last)) result.push(span);
  }
  return result;
}

function add(found: Map<string, Diagnostic>, diagnostic: Diagnostic): void {
  const key = `${diagnostic.code} ${diagnostic.offset} ${diagnostic.length}`;
  if (!found.has(key)) found.set(key, diagnostic);
}
