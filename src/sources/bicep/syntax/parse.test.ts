import { expect, test } from "vitest";
import type { Declaration } from "./ast.ts";
import { parse, type FileKind } from "./parse.ts";
import { print } from "./print.ts";

function faults(text: string, kind: FileKind = "template"): string[] {
  const tree = parse(text, kind);
  return tree.diagnostics.map(({ code, offset }) => `${code} ${tree.lines.positionOf(offset).line}`);
}

function declaration<Kind extends Declaration["kind"]>(text: string, kind: Kind): Extract<Declaration, { kind: Kind }> {
  const found = parse(text, "template").program.declarations.find(
    (candidate): candidate is Extract<Declaration, { kind: Kind }> => candidate.kind === kind,
  );
  if (found === undefined) throw new Error(`no ${kind} in ${text}`);
  return found;
}

const shape = (text: string): string => {
  const { value } = declaration(`var a = ${text}`, "variableDeclaration");
  const render = (node: typeof value): string => {
    switch (node.kind) {
      case "binary":
        return `(${render(node.left)}${node.operator}${render(node.right)})`;
      case "ternary":
        return `(${render(node.condition)}?${render(node.whenTrue)}:${render(node.whenFalse)})`;
      case "unary":
        return `(${node.operator}${render(node.operand)})`;
      default:
        return print(node).trim();
    }
  };
  return render(value);
};

test.each([
  ["a + b * c", "(a+(b*c))"],
  ["a - b - c", "((a-b)-c)"],
  ["a || b && c == d", "(a||(b&&(c==d)))"],
  ["a ?? b || c", "(a??(b||c))"],
  ["a < b =~ c", "((a<b)=~c)"],
  ["-a + !b.c", "((-a)+(!b.c))"],
  ["a ? b : c ? d : e", "(a?b:(c?d:e))"],
  ["a\n  ? b\n  : c", "(a?b:c)"],
])("binds %j", (text, expected) => {
  expect(shape(text)).toBe(expected);
});

test("reads every kind of declaration", () => {
  const text = [
    "targetScope = 'resourceGroup'",
    "metadata a = 'b'",
    "import { c as d, 'e-f' as g } from 'lib.bicep'",
    "import * as lib from 'lib.bicep'",
    "extension kubernetes with { namespace: 'x' } as k8s",
    "@description('x')",
    "@secure()",
    "param h string = 'i'",
    "param j { *: int, 'k-l': string? }[] | null",
    "type m = 'n' | 'o'",
    "var p string[] = [...q, 'r']",
    "func s(t string, u int) string => '${t}${u}'",
    "resource v 'a/b@2020-01-01' existing = { name: 'w' }",
    "resource x 'a/b@2020-01-01' = [for (y, z) in range(0, 3): if (y > 1) { name: 'a${z}' }]",
    "module aa 'br/public:avm/res/a/b:1.0.0' = if (true) { name: 'b' }",
    "output bb resourceOutput<'a/b@2020-01-01'>.properties = x[0].properties",
    "assert cc = true",
    "test dd 'main.bicep' = { params: {} }",
  ].join("\n");
  const tree = parse(text, "template");
  expect(tree.diagnostics).toEqual([]);
  expect(tree.program.declarations.map((node) => node.kind)).toEqual(
    "targetScope metadata import import extension parameter parameter typeDeclaration variableDeclaration function resource resource module output assert test".split(
      " ",
    ),
  );
});

test("reads a parameters file", () => {
  const text = "using none\nextends 'base.bicepparam'\nvar a = 1\nparam b = a\nextensionConfig c with {}\n";
  const tree = parse(text, "parameters");
  expect(tree.diagnostics).toEqual([]);
  expect(tree.program.declarations.map((node) => node.kind)).toEqual(
    "using extends variableDeclaration parameterAssignment extensionConfig".split(" "),
  );
});

test("knows a nested resource from a property", () => {
  const body = declaration("resource a 'b' = {\n  resource: 1\n  resource c 'd' = {}\n}", "resource").value;
  expect(body).toMatchObject({ members: [{ key: { name: "resource" } }], resources: [{ name: { name: "c" } }] });
});

test("gives every node its place", () => {
  const output = declaration("var a = 1\n\noutput b string = a.c\n", "output");
  expect(output).toMatchObject({
    offset: 11,
    length: 21,
    name: { offset: 18, length: 1 },
    value: { offset: 29, length: 3 },
  });
});

test.each([
  ["var a =", ["BCP009 1"]],
  ["var a = 1 +\nvar b = 2", ["BCP009 1"]],
  ["foo bar\nvar b = 2", ["BCP007 1"]],
  ["param", ["BCP013 1"]],
  ["param a", ["BCP279 1"]],
  ["param a string foo", ["BCP008 1"]],
  ["resource a 'b' = {\n  name 'x'\n}", ["BCP018 2", "BCP009 2"]],
  ["resource a = {}", ["BCP068 1", "BCP018 1"]],
  ["resource a 'b' = 1", ["BCP118 1"]],
  ["resource a 'b' = {", ["BCP018 1"]],
  ["var a = [1, 2\nvar b = 3", ["BCP018 2"]],
  ["var a = [\n  1,\n  2\n]", ["BCP238 2"]],
  ["var a = { b: 1 c: 2 }", ["BCP236 1"]],
  ["var a = b(1\n  2)", ["BCP237 1"]],
  ["var a = b(1,)", ["BCP009 1"]],
  ["var a = (1, 2)", ["BCP243 1"]],
  ["var a = 'b${[1]}'", ["BCP087 1"]],
  ["var a = 'b${1 2}'", ["BCP064 1"]],
  ["var a = b[]", ["BCP117 1"]],
  ["var a = b.", ["BCP020 1"]],
  ["var a = b.?c()", ["BCP322 1"]],
  ["var a = [for (b) in c: d]", ["BCP249 1"]],
  ["var a = [for b c: d]", ["BCP012 1", "BCP009 1"]],
  ["type a = 'b' |\nvar c = 1", ["BCP300 1"]],
  ["@foo\n", ["BCP132 1"]],
  ["@secure()\nfoo", ["BCP292 1", "BCP007 2"]],
  ["import { a }", ["BCP012 1"]],
  ["import a from 'b'", ["BCP354 1", "BCP012 1"]],
  ["import { 'a' } from 'b'", ["BCP375 1"]],
  ["extension", ["BCP201 1"]],
  ["var a = 99999999999999999999", ["BCP010 1"]],
])("reports %j as the compiler does", (text, expected) => {
  expect(faults(text)).toEqual(expected);
});

test.each([
  ["output a string = 'b'", ["BCP337 1"]],
  ["using", ["BCP354 1"]],
  ["using foo", ["BCP012 1"]],
  ["extends", ["BCP404 1"]],
  ["using 'a' foo", ["BCP436 1"]],
  ["param a 'b'", ["BCP018 1", "BCP009 1"]],
])("reports %j of a parameters file", (text, expected) => {
  expect(faults(text, "parameters")).toEqual(expected);
});

test.each([
  ["brackets", `var a = ${"[".repeat(50_000)}`],
  ["operators", `var a = 1${"+1".repeat(50_000)}`],
  ["properties", `var a = b${".c".repeat(50_000)}`],
  ["conditions", `var a = ${"b ? c : ".repeat(50_000)}d`],
  ["holes", `var a = ${"'${".repeat(50_000)}`],
  ["nested resources", "resource a 'b' = {\n".repeat(20_000)],
  ["types", `type a = ${"{b: ".repeat(50_000)}`],
])("bounds the depth of %s", (_, text) => {
  const tree = parse(text, "template");
  expect(tree.diagnostics.length).toBeGreaterThan(0);
  expect(tree.program.height).toBeLessThan(310);
});
