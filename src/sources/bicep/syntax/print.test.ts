import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "./parse.ts";
import { print } from "./print.ts";

const PIECES = [
  ..."var ,param ,resource ,type ,func ,import ,using ,output ,for ,in ,if ,existing ,#disable-next-line ".split(","),
  ..."a b 'x ' ''' ${ $''' } { [ ] ( ) : :: . ? = => | @ ! // /* */ \\ \" 1 é \uFEFF".split(" "),
  ",",
  "\n",
  "\r\n",
  "\t",
  " ",
];

test.each([
  "",
  "\uFEFFvar a = 1",
  "\tvar a = 1\r\n\r\n// b\r\nvar c = { // d\r\n  e: 1 /* f */\r\n}",
  "var a = '",
  "@",
])("prints %j as it was", (text) => {
  expect(print(parse(text, "template").program)).toBe(text);
});

test("prints any text as it was", () => {
  const texts = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(
      fc.oneof(texts, fc.string({ unit: "binary" })),
      fc.constantFrom("template", "parameters"),
      (text, kind) => {
        expect(print(parse(text, kind).program)).toBe(text);
      },
    ),
    { numRuns: 2000, seed: 1 },
  );
});
