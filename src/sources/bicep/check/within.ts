import { endOf, type Span } from "../syntax/span.ts";

/** Whether `inner` lies in `outer`, both of one file. */
export function isWithin(inner: Span, outer: Span): boolean {
  return inner.offset >= outer.offset && endOf(inner) <= endOf(outer);
}
