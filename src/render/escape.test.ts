import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  codeSpan,
  html,
  markdown,
  terminal,
  vsoData,
  vsoProperty,
  workflowData,
  workflowProperty,
  xml,
} from "./escape.ts";

/** Text in which what matters to some sink comes up often. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "`",
        "|",
        "<",
        ">",
        "&",
        "%",
        "\r",
        "\n",
        ":",
        ",",
        ";",
        "]",
        "@a",
        "#1",
        "*",
        "_",
        "##vso[",
        "::error::",
        "\u202E",
        "\u0007",
      ),
      fc.string(),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

describe("markdown", () => {
  it.each([
    ["aoai-prod accepts key-based authentication: now", "aoai-prod accepts key-based authentication: now"],
    ["AZURE_OPENAI_KEY", "AZURE_OPENAI_KEY"],
    ["_x_ *y* `z`", String.raw`\_x\_ \*y\* ` + "\\`z\\`"],
    ["a|b", String.raw`a\|b`],
    ["[x](https://evil)", "\\[x\\](https:\u200B//evil)"],
    ["<img src=x>", "&lt;img src=x&gt;"],
    ["&#64;", "&amp;#\u200B64;"],
    ["@octocat fixes #12", "@\u200Boctocat fixes #\u200B12"],
    ["www.evil.example", "www\u200B.evil.example"],
    ["# heading", String.raw`\# heading`],
    ["- item", String.raw`\- item`],
    ["1. item", String.raw`1\. item`],
    ["a\r\nb\tc", "a b c"],
    ["a\u202Eb", "a⟨U+202E⟩b"],
  ])("makes %j plain", (text, expected) => {
    expect(markdown(text)).toBe(expected);
  });

  it("never ends a table cell or a line", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(markdown(text)).not.toMatch(/[\r\n<>]|(?<!\\)(?:\\\\)*\|/);
      }),
    );
  });
});

describe("code span", () => {
  it.each([
    ["plain", "`plain`"],
    ["a`b", "``a`b``"],
    ["`", "`` ` ``"],
    ["", "`  `"],
    ["a|b", String.raw`\`a\|b\``.replaceAll("\\`", "`")],
  ])("wraps %j", (text, expected) => {
    expect(codeSpan(text)).toBe(expected);
  });

  it("is never closed by its content", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const span = codeSpan(text);
        const fence = /^`+/.exec(span)?.[0] ?? "";
        const runs = span.slice(fence.length, -fence.length).match(/`+/g) ?? [];
        expect(span.endsWith(fence)).toBe(true);
        expect(runs).not.toContain(fence);
        expect(span).not.toMatch(/[\r\n]/);
      }),
    );
  });
});

describe("workflow commands", () => {
  it.each([
    ["50%\r\nx", "50%25%0D%0Ax", "50%25%0D%0Ax"],
    ["a:b,c", "a:b,c", "a%3Ab%2Cc"],
  ])("escapes %j", (text, data, property) => {
    expect(workflowData(text)).toBe(data);
    expect(workflowProperty(text)).toBe(property);
  });

  it("keeps any text on its line", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(workflowData(text)).not.toMatch(/[\r\n]/);
        expect(workflowProperty(text)).not.toMatch(/[\r\n:,]/);
      }),
    );
  });
});

describe("logging commands", () => {
  it.each([
    ["50%\n", "50%AZP25%0A", "50%AZP25%0A"],
    ["a];b", "a];b", "a%5D%3Bb"],
  ])("escapes %j", (text, data, property) => {
    expect(vsoData(text)).toBe(data);
    expect(vsoProperty(text)).toBe(property);
  });

  it("keeps any text on its line and in its property", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(vsoData(text)).not.toMatch(/[\r\n]/);
        expect(vsoProperty(text)).not.toMatch(/[\r\n\];]/);
      }),
    );
  });
});

describe("terminal", () => {
  it.each([
    ["\u001B[31mred", " [31mred"],
    ["##vso[task.complete result=Succeeded;]", "# #vso[task.complete result=Succeeded;]"],
    ["##[error]x", "# #[error]x"],
    ["::error::x", ": :error::x"],
    [" ::error::x", " : :error::x"],
    ["in a sentence ::error::x", "in a sentence : :error::x"],
    ["urn:pulumi:dev::app::type::name", "urn:pulumi:dev::app::type::name"],
  ])("disarms %j", (text, expected) => {
    expect(terminal(text)).toBe(expected);
  });
});

describe("HTML and XML", () => {
  it("leaves no character that could start markup", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(html(text)).not.toMatch(/[<>"'`]/);
        expect(xml(text)).not.toMatch(/[<>"'\n\p{Cc}]/u);
      }),
    );
  });
});
