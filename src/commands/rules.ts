import { GateError } from "../diagnostics/gate-error.ts";
import { suggestion } from "../lib/did-you-mean.ts";
import { wrap } from "../lib/wrap.ts";
import { catalogueMarkdown, ruleJson, ruleMarkdown } from "../render/rule-text.ts";
import type { Rule } from "../rules/define-rule.ts";
import { RULES } from "../rules/index.ts";
import { indexRuleNames } from "../rules/names.ts";
import type { RunCommand } from "./command.ts";

/** `portcullis rules`: the catalogue, or one rule explained. */
export const rules: RunCommand = async (args, { output }) => {
  const [name, ...more] = args.operands;
  if (more.length > 0) throw new GateError("USAGE", "portcullis rules explains one rule at a time");
  const names = indexRuleNames(RULES);
  const selected = name === undefined ? RULES : names.find(name);
  if (selected.length === 0)
    throw new GateError("USAGE", `no rule is called ${name ?? ""}${suggestion(name ?? "", names.all)}`, {
      hint: "Run `portcullis rules` for the list.",
    });
  for (const { format, file } of args.outputs) {
    const text = render(selected, { format, single: name !== undefined });
    if (file === null) output.print(text);
    else await output.writeFile(file, text);
  }
  return 0;
};

function render(selected: readonly Rule[], { format, single }: { format: string; single: boolean }): string {
  if (format === "json") return `${JSON.stringify(selected.map(ruleJson), null, 2)}\n`;
  if (format === "markdown") return single ? selected.map(ruleMarkdown).join("\n") : catalogueMarkdown(selected);
  if (format !== "text")
    throw new GateError("USAGE", `portcullis rules does not print ${format}; expected text, json, markdown`);
  return single
    ? selected.map(ruleText).join("\n")
    : selected.map((rule) => `${rule.severity.padEnd(9)}${rule.id}\n         ${rule.title}\n`).join("");
}

function ruleText(rule: Rule): string {
  const paragraphs = [
    `${rule.id}  (${rule.severity}, confidence ${rule.confidence})`,
    rule.title,
    rule.rationale,
    rule.whenAbsent === undefined ? "" : `When nothing is set: ${rule.whenAbsent}`,
    rule.fix === undefined ? "" : `Fix: ${rule.fix.description}.`,
    `Looks at: ${rule.reads.map(({ type, path }) => `${path} (${type})`).join(", ")}`,
    `Sources: ${rule.sources.join(", ")}`,
  ];
  return paragraphs.flatMap((text) => (text === "" ? [] : [...wrap(text, 80), ""])).join("\n");
}
