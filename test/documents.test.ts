import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseConfig } from "../src/config/parse-config.ts";
import { COMMANDS, INPUTS } from "../src/inputs/catalogue.ts";
import { isRecord } from "../src/lib/is-record.ts";
import { RULES } from "../src/rules/index.ts";

const ROOT = join(import.meta.dirname, "..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const documents = ["*.md", "docs/**/*.md", "examples/**/*.md", "task/*.md", "test/simulator/*.md"].flatMap((pattern) =>
  globSync(pattern, { cwd: ROOT }),
);

/** The fenced blocks of a language in a Markdown text. */
function blocksOf(text: string, language: string): readonly string[] {
  const fences = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm");
  return [...text.matchAll(fences)].map(([, block = ""]) => block);
}

describe("links", () => {
  it.each(documents)("of %s lead somewhere", (path) => {
    const targets = [...read(path).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, link = ""]) => link);
    const broken = targets.filter((link) => !existsSync(join(ROOT, dirname(path), link)));
    expect(broken).toEqual([]);
  });
});

describe("configuration in documents", () => {
  const blocks = [
    ...blocksOf(read("docs/configuration.md"), "yaml").map((text, index) => [`block ${index + 1}`, text] as const),
    ["examples/portcullis.yml", read("examples/portcullis.yml")] as const,
  ];

  it("is there", () => {
    expect(blocks.length).toBeGreaterThan(4);
  });

  it.each(blocks)("%s is valid", (_, text) => {
    expect(Object.keys(parseConfig(text, "portcullis.yml").config).length).toBeGreaterThan(0);
  });

  it.each(["examples/github-workflow.yml", "examples/azure-pipelines.yml"])("%s gives inputs that exist", (path) => {
    const inputs = stepsIn(parse(read(path))).flatMap(({ with: given, inputs: named }) =>
      Object.keys(given ?? named ?? {}),
    );
    const known = new Set(INPUTS.map(({ name }) => name.replaceAll("-", "").toLowerCase()));
    expect(inputs.length).toBeGreaterThan(3);
    expect(inputs.filter((name) => !known.has(name.replaceAll("-", "").toLowerCase()))).toEqual([]);
  });
});

interface Step {
  readonly with?: Readonly<Record<string, unknown>>;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

/** The steps of a pipeline that are ours, however deep they lie. */
function stepsIn(value: unknown): readonly Step[] {
  if (Array.isArray(value)) return value.flatMap(stepsIn);
  if (!isRecord(value)) return [];
  const name = value["uses"] ?? value["task"];
  return typeof name === "string" && /portcullis/i.test(name) ? [value] : Object.values(value).flatMap(stepsIn);
}

describe("README", () => {
  const readme = read("README.md");
  const later = readme.slice(readme.indexOf("**not available yet**"), readme.indexOf("## Limits"));

  it("counts the rules", () => {
    expect(readme).toContain(`**Rules**: ${RULES.length},`);
  });

  it("has one command for a fresh clone and one that installs and tests", () => {
    expect(blocksOf(readme, "sh").slice(0, 2)).toEqual([
      "node dist/cli.cjs check examples/what-if/keys-back-on.json\n",
      "npm cit\n",
    ]);
  });

  it("names everything that is not available yet, and nothing else", () => {
    const options = INPUTS.filter((input) => input.later !== undefined);
    const commands = COMMANDS.filter((command) => command.later === true);
    const missing = [...options, ...commands].filter(({ name }) => !new RegExp(`\`(?:--)?${name}\\b`).test(later));
    expect(missing.map(({ name }) => name)).toEqual([]);
    const named = [...later.matchAll(/`--([a-z-]+)`/g)].map(([, name = ""]) => name);
    expect(named.filter((name) => !options.some((option) => option.name === name))).toEqual([]);
  });

  it("names examples that exist", () => {
    const paths = [...readme.matchAll(/\bexamples\/[\w./-]+\.\w+/g)].map(([path]) => path);
    expect(paths.length).toBeGreaterThan(3);
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});
