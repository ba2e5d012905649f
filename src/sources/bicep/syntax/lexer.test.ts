import { expect, test } from "vitest";
import { lex } from "./lexer.ts";

const types = (text: string): string[] => lex(text).tokens.map((token) => token.type);
const values = (text: string): (string | undefined)[] =>
  lex(text)
    .tokens.filter((token) => token.type.startsWith("string"))
    .map((token) => token.value);
const faults = (text: string): string[] => lex(text).diagnostics.map(({ code, offset }) => `${code}@${offset}`);

test("cuts a line into tokens", () => {
  expect(types("var a = b.?c[^1] ?? ...d::e => 1\n")).toEqual(
    "identifier identifier = identifier . ? identifier [ ^ integer ] ?? ... identifier :: identifier => integer newLine endOfFile".split(
      " ",
    ),
  );
});

test("joins line breaks that follow each other", () => {
  expect(types("a\r\n\n\r\nb\n  \nc")).toEqual(
    "identifier newLine identifier newLine newLine identifier endOfFile".split(" "),
  );
});

test.each([
  ["'a'", ["a"]],
  ["'it\\'s \\$ \\n\\u{1F600}'", ["it's $ \n😀"]],
  ["'a${b}c${d}e'", ["a", "c", "e"]],
  ["'${'x${y}'}'", ["", "x", "", ""]],
  ["'''\r\na\\n\r\n'''", ["a\\n\r\n"]],
  ["''''a'''", ["'a"]],
  ["'''a'''''", ["a''"]],
  ["$'''\na ${b} $c'''", ["a ", " $c"]],
  ["$$'''${a} $$${b}'''", ["${a} $", ""]],
  ["$'''${'''q'''}'''", ["", "q", ""]],
])("reads the value of %s", (text, expected) => {
  expect(values(text)).toEqual(expected);
  expect(faults(text)).toEqual([]);
});

test.each([
  ["'a", ["BCP003@0"]],
  ["'a\nb", ["BCP004@0"]],
  ["'a${b\nc", ["BCP004@5"]],
  ["'a${'b\nc", ["BCP004@4", "BCP004@6"]],
  ["'\\q'", ["BCP006@1"]],
  ["'\\u{110000}'", ["BCP133@1"]],
  ["'\\u12'", ["BCP133@1"]],
  ["'a\\", ["BCP005@0", "BCP003@0"]],
  ["'''a", ["BCP140@0"]],
  ["$'''a${b", []],
  ["a /* b", ["BCP002@2"]],
  ['"a"', ["BCP103@0", "BCP103@2"]],
  ["a;é", ["BCP001@2"]],
  ["a & b", ["BCP001@2"]],
  ["$a", ["BCP001@0"]],
  ["a".repeat(256), ["BCP024@0"]],
  ["#disable-next-line", ["BCP226@18"]],
  ["a #disable-next-line b", ["BCP001@2"]],
])("reports what is wrong with %j", (text, expected) => {
  expect(faults(text)).toEqual(expected);
});

test("keeps comments and directives", () => {
  const file = lex("// a\n#disable-next-line BCP081 no-unused-vars // b\nvar /* c */ d = 1\n#restore-diagnostics x-y");
  expect(file.comments.map((comment) => comment.text)).toEqual(["// a", "// b", "/* c */"]);
  expect(file.directives).toEqual([
    { name: "disable-next-line", codes: ["BCP081", "no-unused-vars"], offset: 5, length: 40 },
    { name: "restore-diagnostics", codes: ["x-y"], offset: 69, length: 24 },
  ]);
});

test("looks once at a run of dollar signs", () => {
  expect(lex("$".repeat(100_000)).diagnostics).toHaveLength(100_000);
});
