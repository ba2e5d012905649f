import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Unknown } from "../../src/expression/value.ts";
import { renderAnnotations } from "../../src/render/annotations.ts";
import { fit } from "../../src/render/fit.ts";
import { renderJson } from "../../src/render/json.ts";
import { renderJunit } from "../../src/render/junit.ts";
import { renderMarkdown } from "../../src/render/markdown.ts";
import { colourPaint, plainPaint } from "../../src/render/paint.ts";
import { parseReport } from "../../src/render/parse-report.ts";
import type { Report } from "../../src/render/report.ts";
import { renderSarif } from "../../src/render/sarif/sarif.ts";
import { renderText } from "../../src/render/text.ts";
import { planned, planOf } from "../support/plans.ts";
import { resource } from "../support/resources.ts";
import { refused, reportOf, target } from "../support/runs.ts";

const ACCOUNTS = "Microsoft.CognitiveServices/accounts";

/** A report in which `text` stands wherever text from outside can. */
function reportWith(text: string): Report {
  const body = (disableLocalAuth: boolean | Unknown) =>
    resource(ACCOUNTS, text, {
      kind: "OpenAI",
      tags: { [text]: text },
      properties: { disableLocalAuth, publicNetworkAccess: "Enabled", networkAcls: { ipRules: [{ value: text }] } },
    });
  const plan = planOf(
    [
      planned({ before: body(true), after: body(false) }),
      { ...planned({ after: body(new Unknown("parameter", text)) }), id: new Unknown("scope", text), address: text },
    ],
    [{ resource: text, reason: text }],
  );
  const noted = { ...plan, notifications: [{ level: "warning", code: "x", message: text } as const] };
  return reportOf([target(noted, `infra/${text}`), refused("SOURCE_EMPTY", text, `${text} is empty`)]);
}

const HOSTILE = [
  "<img src=x onerror=alert(1)>",
  "</details></summary><script>",
  "@octocat @org/team #1 GH-1 https://evil.example www.evil.example",
  "`code` ``` ~~~ **bold** _it_ [l](http://x) ![i](http://x) | cell |",
  "# heading\n- list\n1. list\n> quote\n---",
  "\u001B[31mred\u001B[0m \u0007 \u0000 \r\n\t",
  "::error file=x::y\n::set-output name=a::b",
  "##vso[task.setvariable variable=a]b ##[error]c",
  "]]> <!-- --> <![CDATA[ &amp; &#0; &lt;",
  "\uD800 \uDFFF \uFFFE \u202Egnp.exe \u200B",
  "${{ secrets.TOKEN }} $(token) %0A::error::",
  "constructor __proto__ toString",
];

const piece = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: "binary", maxLength: 20 }));
const hostile = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => `x${pieces.join("")}`);

/** A report with harmless text instead: what is around the text must be the same. */
const harmless = reportWith("x");

const markdownOf = (report: Report) => renderMarkdown(report);
const textOf = (report: Report) => renderText(report, { width: 80, paint: plainPaint });

/** Markdown without what stands in code spans and behind backslashes: what is left works as markup. */
function markupOf(text: string): string {
  return text.replaceAll(/(?<!\\)(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, "").replaceAll(/\\[\s\S]/g, "·");
}

const tagsIn = (text: string) => text.match(/<\/?[A-Za-z!][^>]*>?/g) ?? [];

/** The tags of a well-formed XML text; fails on anything that is none. */
function elementsOf(text: string): readonly string[] {
  const names: string[] = [];
  const open: string[] = [];
  const rest = text.replaceAll(
    /<(\/?)([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>/g,
    (_, end, name, _a, empty) => {
      names.push(`${String(end)}${String(name)}`);
      if (end === "/") expect(open.pop()).toBe(name);
      else if (empty !== "/") open.push(String(name));
      return "";
    },
  );
  expect(open).toEqual([]);
  expect(rest.replace(/^<\?xml[^<>]*\?>/, "").replaceAll(/&(?:#\d+|amp|lt|gt|quot|apos);/g, "")).not.toMatch(/[<&]/);
  // oxlint-disable-next-line no-control-regex -- what XML cannot hold
  expect(text).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/);
  return names;
}

describe("text from outside", () => {
  it("stays text in Markdown", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const markdown = markdownOf(reportWith(text));
        const markup = markupOf(markdown);
        expect(tagsIn(markup).sort()).toEqual(tagsIn(markupOf(markdownOf(harmless))).sort());
        expect(markup).not.toMatch(/[@#]\w|https?:\/\/evil|www\.evil/);
        expect(markdown.split("\n").length).toBe(markdownOf(harmless).split("\n").length);
        expect(markdown).not.toContain("\u202E");
      }),
      { numRuns: 60 },
    );
  });

  it("cannot move the cursor or give commands in a terminal", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const paint of [plainPaint, colourPaint]) {
          // oxlint-disable-next-line no-control-regex -- the colours that are ours
          const shown = renderText(reportWith(text), { width: 80, paint }).replaceAll(/\u001B\[[0-9;]*m/g, "");
          // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
          expect(shown).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/);
          expect(shown).not.toMatch(/^::|##vso\[|##\[/m);
        }
        // oxlint-disable-next-line no-control-regex -- no colour where none was asked for
        expect(textOf(reportWith(text))).not.toMatch(/\u001B/);
      }),
      { numRuns: 60 },
    );
  });

  it("leaves JUnit well-formed, with the same elements", () => {
    const expected = elementsOf(renderJunit(harmless));
    fc.assert(
      fc.property(hostile, (text) => {
        expect(elementsOf(renderJunit(reportWith(text)))).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it("starts no workflow command of its own", () => {
    const count = renderAnnotations(harmless).split("\n").length;
    fc.assert(
      fc.property(hostile, (text) => {
        const lines = renderAnnotations(reportWith(text)).split("\n");
        expect(lines.length).toBe(count);
        for (const line of lines.slice(0, -1)) expect(line).toMatch(/^::(?:error|warning|notice) [^\r]*$/);
      }),
      { numRuns: 60 },
    );
  });

  it("comes back unchanged out of the JSON report, and SARIF stays JSON", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const report = reportWith(text);
        const json = renderJson(report);
        expect(renderJson(parseReport(json, "report.json"))).toBe(json);
        expect(() => JSON.parse(renderSarif(report)) as unknown).not.toThrow();
      }),
      { numRuns: 60 },
    );
  });
});

describe("size", () => {
  const many = reportOf([
    target(
      planOf(
        Array.from({ length: 3000 }, (_, index) =>
          planned({ after: resource(ACCOUNTS, `aoai-${index}`, { kind: "OpenAI", properties: {} }) }),
        ),
      ),
    ),
  ]);

  it.each([
    ["a comment on GitHub", { chars: 65_536, bytes: 262_144 }],
    ["a small place", { chars: 2_000, bytes: 2_000 }],
  ])("fits into %s, verdict first, and counts what is left out", (_, space) => {
    const text = renderMarkdown(many, space);
    expect(text.length).toBeLessThanOrEqual(space.chars);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(space.bytes);
    expect(text.slice(0, 200)).toMatch(/blocked/i);
    expect(text).toMatch(/\b\d[\d,]* (?:more|new)/);
  });

  it("cuts what cannot be said shorter, and says so", () => {
    expect(fit(() => "x".repeat(500), { chars: 100, bytes: 400 })).toMatch(
      /^x+\n\nThe rest of this report does not fit here\.\n$/,
    );
  });
});
