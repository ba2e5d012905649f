import { wrap } from "../lib/wrap.ts";
import { type Command, COMMANDS, type InputDefinition, INPUTS } from "./catalogue.ts";

const LATER = "(not available yet)";
const COLUMN = 30;
const WIDTH = 100;

/** The text of `--help`. */
export function helpText(version: string): string {
  const commands = COMMANDS.map(({ name, usage, description, later }) =>
    entry(`${name} ${usage}`.trim(), later === undefined ? description : `${description} ${LATER}`),
  );
  const options = INPUTS.filter(({ commands: takers }) => takers !== undefined).map((input) =>
    entry(optionUsage(input), optionText(input)),
  );
  return [
    `Portcullis ${version}: judges planned Azure changes before they are merged or deployed.`,
    "",
    "Usage: portcullis [COMMAND] [FILE|FOLDER ...] [options]",
    "",
    "Commands:",
    ...commands,
    "",
    "Options:",
    ...options,
    entry("--version", "print the version"),
    entry("-h, --help", "print this text"),
    "",
    "Exit codes: 0 allowed, 1 blocked, 2 not judged: input, 3 not judged: Azure or sign-in, 4 undecided, 70 defect of Portcullis",
    "",
    "Example: portcullis check whatif.json --format text --format json=report.json",
    "",
  ].join("\n");
}

function entry(usage: string, text: string): string {
  const lines = wrap(text, WIDTH - COLUMN - 2);
  const head =
    usage.length > COLUMN - 2
      ? [`  ${usage}`, `${" ".repeat(COLUMN + 2)}${lines[0] ?? ""}`]
      : [`  ${usage.padEnd(COLUMN)}${lines[0] ?? ""}`];
  return [...head, ...lines.slice(1).map((line) => " ".repeat(COLUMN + 2) + line)].join("\n");
}

function optionUsage({ name, argument }: InputDefinition): string {
  return argument === undefined ? `--${name}` : `--${name} ${argument}`;
}

function optionText({ description, values, default: fallback, repeatable, later, commands }: InputDefinition): string {
  const parts = [
    description,
    values === undefined ? "" : `(${values.join(", ")})`,
    fallback === undefined ? "" : `[default: ${fallback}]`,
    repeatable === true ? "(repeatable)" : "",
    commandNote(commands ?? []),
    later === undefined ? "" : LATER,
  ];
  return parts.filter((part) => part !== "").join(" ");
}

function commandNote(commands: readonly Command[]): string {
  return commands.includes("check") ? "" : `(${commands.join(", ")})`;
}
