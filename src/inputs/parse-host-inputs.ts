import { GateError } from "../diagnostics/gate-error.ts";
import { suggestion } from "../lib/did-you-mean.ts";
import { INPUTS, type InputDefinition } from "./catalogue.ts";

/** The inputs of a pipeline step, checked against the table of inputs. */
export interface HostInputs {
  /** The input, or its default; `undefined` when there is neither. */
  value(name: string): string | undefined;
  /** The lines of an input, blank ones left out. */
  lines(name: string): readonly string[];
}

/**
 * Reads every input that the host has. `read` gives the raw text under the name in kebab-case, empty when it was not given.
 *
 * @throws GateError USAGE for a value that is not one, NOT_AVAILABLE for what a later version brings
 */
export function parseHostInputs(host: "action" | "task", read: (name: string) => string): HostInputs {
  const values = new Map<string, string>();
  for (const input of INPUTS.filter(({ hosts }) => hosts?.includes(host) === true)) {
    const text = read(input.name).trim();
    const value = text === "" ? plainDefault(input) : checked(input, text);
    if (value !== undefined) values.set(input.name, value);
  }
  if (values.get("mode") === "deploy")
    throw new GateError("NOT_AVAILABLE", "mode: deploy is not available yet", { hint: "Use mode: check." });
  return {
    value: (name) => values.get(name),
    lines: (name) =>
      (values.get(name) ?? "")
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== ""),
  };
}

/** A default that the pipeline would have worked out (`${{ … }}`) is none when it did not. */
function plainDefault({ default: fallback }: InputDefinition): string | undefined {
  return fallback?.includes("${{") === true ? undefined : fallback;
}

function checked(input: InputDefinition, text: string): string {
  const { name, values, later, works, default: fallback } = input;
  if (later === true && text !== fallback && text !== works)
    throw new GateError("NOT_AVAILABLE", `the input ${name} is not available yet`, {
      hint: "Leave the input out for now.",
    });
  if (values?.includes(text) === false) {
    throw new GateError(
      "USAGE",
      `the input ${name} is ${text}; expected ${values.join(", ")}${suggestion(text, values)}`,
      { hint: "docs/inputs.md lists every input." },
    );
  }
  return text;
}
