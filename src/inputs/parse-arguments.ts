import { parseArgs } from "node:util";
import { GateError } from "../diagnostics/gate-error.ts";
import { suggestion } from "../lib/did-you-mean.ts";
import { type Command, COMMANDS, FORMATS, type InputDefinition, INPUTS } from "./catalogue.ts";

/** Where a report goes: a format, and a file or standard output. */
export interface OutputRequest {
  readonly format: Exclude<(typeof FORMATS)[number], "html">;
  /** `null`: standard output. */
  readonly file: string | null;
}

/** The command line, taken apart and checked against the table of inputs. */
export interface Arguments {
  readonly command: Command | "help" | "version";
  /** Files, folders, reports or a rule name. */
  readonly operands: readonly string[];
  readonly outputs: readonly OutputRequest[];
  /** The value of an option that takes one; `undefined` when it was not given. */
  value(name: string): string | undefined;
  /** All values of an option that may be repeated, in the order given. */
  values(name: string): readonly string[];
  isSet(name: string): boolean;
}

/** @throws GateError USAGE for an unknown command, option or value; NOT_AVAILABLE for what a later version brings */
export function parseArguments(argv: readonly string[]): Arguments {
  const { command, rest } = commandOf(argv);
  const { values, positionals } = parse(rest);
  const given = new Map(Object.entries(values));
  if (given.has("help") || command === "help") return bare("help");
  if (given.has("version")) return bare("version");
  const definition = COMMANDS.find(({ name }) => name === command);
  if (definition?.later === true) throw new GateError("NOT_AVAILABLE", `portcullis ${command} is not available yet`);
  const checked = new Map([...given].map(([name, value]) => [name, checkOption(name, value, command)]));
  return {
    command,
    operands: positionals,
    outputs: (checked.get("format") ?? ["text"]).map(toOutput),
    value: (name) => checked.get(name)?.at(-1),
    values: (name) => checked.get(name) ?? [],
    isSet: (name) => checked.has(name),
  };
}

function bare(command: "help" | "version"): Arguments {
  return { command, operands: [], outputs: [], value: () => undefined, values: () => [], isSet: () => false };
}

function commandOf(argv: readonly string[]): { command: Command | "help"; rest: readonly string[] } {
  const [first, ...rest] = argv;
  if (first === "help") return { command: "help", rest };
  const named = COMMANDS.find(({ name }) => name === first);
  return named === undefined ? { command: "check", rest: argv } : { command: named.name, rest };
}

function parse(argv: readonly string[]) {
  const options = Object.fromEntries(
    INPUTS.filter(({ commands }) => commands !== undefined).map((input) => [input.name, optionOf(input)]),
  );
  try {
    return parseArgs({
      args: [...argv],
      options: { ...options, help: { type: "boolean", short: "h" }, version: { type: "boolean" } },
      allowPositionals: true,
      strict: true,
    });
  } catch (cause) {
    throw new GateError("USAGE", usageMessage(cause), { cause });
  }
}

function optionOf(input: InputDefinition) {
  return input.argument === undefined ? ({ type: "boolean" } as const) : ({ type: "string", multiple: true } as const);
}

function usageMessage(error: unknown): string {
  const message = error instanceof Error ? error.message : "the command line cannot be read";
  const unknown = /Unknown option '--?(?<name>[^']+)'/.exec(message)?.groups?.["name"];
  if (unknown === undefined) return message.split(". ", 1)[0] ?? message;
  const names = INPUTS.filter(({ commands }) => commands !== undefined).map(({ name }) => name);
  return `unknown option --${unknown}${suggestion(unknown, names)}`;
}

function checkOption(name: string, value: unknown, command: string): readonly string[] {
  const input = INPUTS.find((candidate) => candidate.name === name);
  if (input?.later !== undefined && (input.works === undefined || String(value) !== input.works))
    throw new GateError("NOT_AVAILABLE", `--${name} is not available yet`);
  if (input?.commands?.some((candidate) => candidate === command) !== true) {
    throw new GateError("USAGE", `--${name} does not belong to portcullis ${command}`);
  }
  const texts = Array.isArray(value) ? value.map(String) : [String(value)];
  if (texts.length > 1 && input.repeatable !== true)
    throw new GateError("USAGE", `--${name} is given ${texts.length} times`);
  for (const text of texts) checkValue(input, text);
  return texts;
}

function checkValue({ name, values }: InputDefinition, text: string): void {
  if (text === "") throw new GateError("USAGE", `--${name} has no value`);
  if (values === undefined || values.includes(text)) return;
  throw new GateError("USAGE", `--${name} is ${text}; expected ${values.join(", ")}${suggestion(text, values)}`);
}

function toOutput(text: string): OutputRequest {
  const at = text.indexOf("=");
  const word = at === -1 ? text : text.slice(0, at);
  const file = at === -1 ? null : text.slice(at + 1);
  const format = FORMATS.find((candidate) => candidate === word);
  if (format === undefined || file === "")
    throw new GateError(
      "USAGE",
      `--format is ${text}; expected ${FORMATS.join(", ")}, each with =FILE if wanted${suggestion(word, FORMATS)}`,
    );
  if (format === "html") throw new GateError("NOT_AVAILABLE", "--format html is not available yet");
  return { format, file };
}
