import type { Rule } from "../rules/define-rule.ts";
import { codeSpan, markdown } from "./escape.ts";

/** The form of a rule in `rules --format json`. */
export function ruleJson(rule: Rule): object {
  const { standards, equivalents } = rule;
  return {
    id: rule.id,
    title: rule.title,
    severity: rule.severity,
    confidence: rule.confidence,
    area: areaOf(rule),
    resourceTypes: rule.appliesTo.types,
    rationale: rule.rationale,
    documentation: documentationOf(rule.id),
    profiles: rule.profiles,
    topics: rule.topics,
    standards: { mcsb: [], azurePolicy: [], owaspLlm: [], ...standards },
    equivalents: { checkov: [], psrule: [], kics: [], trivy: [], templateAnalyzer: [], bicep: [], ...equivalents },
    fixable: (rule.fix?.edits.length ?? 0) > 0,
    reads: rule.reads,
  };
}

/** The part of a rule id before the slash. */
export function areaOf(rule: Pick<Rule, "id">): string {
  return rule.id.slice(0, rule.id.indexOf("/"));
}

/** Path of a rule's page, from the root of the repository. */
export function documentationOf(ruleId: string): string {
  return `docs/rules/${ruleId}.md`;
}

/** The documentation page of a rule. */
export function ruleMarkdown(rule: Rule): string {
  const facts = [
    ["Rule", codeSpan(rule.id)],
    ["Severity", rule.severity],
    ["Confidence", rule.confidence],
    ["Applies to", rule.appliesTo.types.map(codeSpan).join("<br>")],
    ["Profiles", rule.profiles.join(", ")],
    ["Since", rule.introducedIn],
    ...standardRows(rule),
    ...equivalentRows(rule),
  ];
  const parts = [
    `# ${markdown(rule.title)}`,
    markdown(rule.rationale),
    `| | |\n| --- | --- |\n${facts.map(([name, value]) => `| ${name} | ${value} |`).join("\n")}`,
    section(
      "What it looks at",
      rule.reads.map(({ type, path }) => `- ${codeSpan(path)} of ${codeSpan(type)}`).join("\n"),
    ),
    section("When nothing is set", rule.whenAbsent === undefined ? "" : markdown(rule.whenAbsent)),
    section("How to fix it", fixMarkdown(rule)),
    section("Subsumes", (rule.subsumes ?? []).map((id) => `- ${codeSpan(id)}`).join("\n")),
    section("Options", optionsMarkdown(rule)),
    section("Sources", rule.sources.map((url) => `- <${url}>`).join("\n")),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** The catalogue: every rule by area. */
export function catalogueMarkdown(rules: readonly Rule[]): string {
  const areas = [...new Set(rules.map(areaOf))];
  const tables = areas.map((area) => {
    const rows = rules
      .filter((rule) => areaOf(rule) === area)
      .map((rule) => `| [${codeSpan(rule.id)}](${rule.id}.md) | ${rule.severity} | ${markdown(rule.title)} |`);
    return `## ${area}\n\n| Rule | Severity | What it finds |\n| --- | --- | --- |\n${rows.join("\n")}`;
  });
  return `# Rules\n\n${rules.length} rules. Each page says what the rule looks at, why it matters and how to fix a finding.\n\n${tables.join("\n\n")}\n`;
}

function standardRows({ standards }: Rule): string[][] {
  const rows: [string, readonly string[]][] = [
    ["Microsoft cloud security benchmark", standards?.mcsb ?? []],
    ["OWASP Top 10 for LLM applications", standards?.owaspLlm ?? []],
    ["Azure Policy", standards?.azurePolicy ?? []],
  ];
  return rows.filter(([, ids]) => ids.length > 0).map(([name, ids]) => [name, ids.map(codeSpan).join(" ")]);
}

function equivalentRows({ equivalents }: Rule): string[][] {
  return Object.entries(equivalents ?? {}).map(([scanner, ids]) => [
    `Same check in ${scanner}`,
    ids.map(codeSpan).join(" "),
  ]);
}

function section(title: string, body: string): string {
  return body === "" ? "" : `## ${title}\n\n${body}`;
}

function fixMarkdown({ fix }: Rule): string {
  if (fix === undefined) return "";
  const impact = fix.impact === "none" ? "" : ` (${fix.impact})`;
  const edits = fix.edits.map(({ path, value }) => `- ${codeSpan(path)}: ${codeSpan(JSON.stringify(value))}`);
  return [`${markdown(fix.description)}${impact}.`, edits.join("\n")].filter((part) => part !== "").join("\n\n");
}

function optionsMarkdown({ options, needsOptions }: Rule): string {
  if (options === undefined) return "";
  const intro = needsOptions === true ? "The rule says nothing until these are configured." : "All are optional.";
  return `${intro}\n\n${optionRows(options).join("\n")}`;
}

function optionRows(options: NonNullable<Rule["options"]>): readonly string[] {
  const entries: unknown = "entries" in options ? options.entries : {};
  return Object.entries(typeof entries === "object" && entries !== null ? entries : {}).map(([name, schema]) => {
    const description = descriptionOf(schema);
    return `- ${codeSpan(name)}${description === undefined ? "" : `: ${markdown(description)}`}`;
  });
}

/** The description that a schema carries, wherever in its wrappers and pipes. */
function descriptionOf(schema: unknown): string | undefined {
  if (typeof schema !== "object" || schema === null) return undefined;
  if ("description" in schema && typeof schema.description === "string") return schema.description;
  if ("pipe" in schema && Array.isArray(schema.pipe))
    return schema.pipe.map(descriptionOf).find((text) => text !== undefined);
  return "wrapped" in schema ? descriptionOf(schema.wrapped) : undefined;
}
