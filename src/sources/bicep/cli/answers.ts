import { GateError } from "../../../diagnostics/gate-error.ts";
import { isRecord } from "../../../lib/is-record.ts";

/** What the compiler says of a place. Lines and columns are 1-based. */
export interface CompilerDiagnostic {
  /** The path of the file. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** `Info`, `Warning` or `Error`. */
  readonly level: string;
  /** `BCP037`, or the name of a linter rule. */
  readonly code: string;
  readonly message: string;
}

/** What became of a file. */
export interface Compilation {
  readonly diagnostics: readonly CompilerDiagnostic[];
  /** The text of the JSON; `null` when the compiler refuses the file. */
  readonly contents: string | null;
}

/** What became of a parameters file. */
export interface CompiledParameters {
  readonly diagnostics: readonly CompilerDiagnostic[];
  /** The text of an ARM parameters file; `null` when the compiler refuses the file. */
  readonly parameters: string | null;
  /** The text of the template; `null` also when the file is for none, or for a template spec. */
  readonly template: string | null;
}

/** Most diagnostics that are looked at. */
const MAX_DIAGNOSTICS = 10_000;

export function parseVersion(answer: unknown): string {
  return textOf(recordOf(answer), "version") ?? malformed();
}

export function parseCompilation(answer: unknown): Compilation {
  const json = recordOf(answer);
  return { diagnostics: diagnosticsOf(json), contents: resultOf(json, "contents") };
}

export function parseCompiledParameters(answer: unknown): CompiledParameters {
  const json = recordOf(answer);
  return {
    diagnostics: diagnosticsOf(json),
    parameters: resultOf(json, "parameters"),
    template: resultOf(json, "template"),
  };
}

export function parseSnapshot(answer: unknown): string {
  return textOf(recordOf(answer), "snapshot") ?? malformed();
}

/** Whether `version` is `minimum` or later; versions that are no versions are not. */
export function isAtLeast(version: string, minimum: readonly [number, number, number]): boolean {
  const numbers = /^v?(?<major>\d{1,6})\.(?<minor>\d{1,6})\.(?<patch>\d{1,6})/.exec(version)?.groups;
  if (numbers === undefined) return false;
  for (const [index, name] of (["major", "minor", "patch"] as const).entries()) {
    const difference = Number(numbers[name]) - (minimum[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** A diagnostic as the compiler prints it, `main.bicep(2,5) : Error BCP057: …`. */
export function diagnosticLine({ file, line, column, level, code, message }: CompilerDiagnostic): string {
  return `${file}(${line},${column}) : ${level} ${code}: ${message}`;
}

function malformed(): never {
  throw new GateError("BICEP_CLI_FAILED", "the Bicep CLI answers in a form that is not known");
}

function recordOf(answer: unknown): Record<string, unknown> {
  return isRecord(answer) ? answer : malformed();
}

function textOf(json: Record<string, unknown>, name: string): string | undefined {
  const value = json[name];
  return typeof value === "string" ? value : undefined;
}

/** Only what succeeded has a result, whatever else is said. */
function resultOf(json: Record<string, unknown>, name: string): string | null {
  return json["success"] === true ? (textOf(json, name) ?? null) : null;
}

function diagnosticsOf(json: Record<string, unknown>): readonly CompilerDiagnostic[] {
  const list = json["diagnostics"] ?? [];
  return Array.isArray(list) ? list.slice(0, MAX_DIAGNOSTICS).map(toDiagnostic) : malformed();
}

function toDiagnostic(item: unknown): CompilerDiagnostic {
  const json = recordOf(item);
  const range = isRecord(json["range"]) ? json["range"] : {};
  const [line, column] = placeOf(range["start"]);
  const [endLine, endColumn] = placeOf(range["end"]);
  return {
    file: textOf(json, "source") ?? "",
    line,
    column,
    endLine,
    endColumn,
    level: textOf(json, "level") ?? "",
    code: textOf(json, "code") ?? "",
    message: textOf(json, "message") ?? "",
  };
}

/** The program counts from 0. */
function placeOf(place: unknown): readonly [line: number, column: number] {
  const { line, char } = isRecord(place) ? place : {};
  return [typeof line === "number" ? line + 1 : 1, typeof char === "number" ? char + 1 : 1];
}
