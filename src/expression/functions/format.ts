import { ArmObject, type ArmValue, isArmArray } from "../arm-value.ts";
import { CompositeFormatError, type FormatPiece, parseComposite, writeComposite } from "../dotnet/composite-format.ts";
import { FormatError, formatNumber } from "../dotnet/number-format.ts";
import { printJson } from "../json/print-json.ts";
import { Unknown } from "../value.ts";
import {
  argumentAt,
  type Call,
  checkResultLength,
  DOCUMENTATION,
  type FunctionDefinition,
  refuse,
  refuseType,
} from "./signature.ts";
import { partlyKnown } from "./text-parts.ts";

const PAGE = `${DOCUMENTATION}-string`;

/** `format`: .NET's composite formatting in the invariant culture. */
export const FORMAT: readonly FunctionDefinition[] = [
  {
    name: "format",
    parameters: ["any"],
    rest: "any",
    unknowns: "any",
    documentation: `${PAGE}#format`,
    evaluate: format,
  },
];

function format(call: Call): ArmValue {
  const pattern = argumentAt(call, 0);
  if (typeof pattern !== "string") {
    if (call.args.some((arg) => arg instanceof Unknown)) return call.session.unknownCall(call, call.args);
    return refuseType({ ...call.definition, parameters: ["String"] }, 0, pattern);
  }
  if (call.args.some((arg) => call.session.shapes.of(arg).unknown)) return partlyFormatted(call, pattern);
  try {
    return write(call, parseComposite(pattern));
  } catch (error) {
    if (error instanceof CompositeFormatError) return refuseFormat(error.message);
    if (error instanceof FormatError) return refuseFormat("Format specifier was invalid.");
    throw error;
  }
}

function refuseFormat(fact: string): never {
  refuse("value", `Unable to evaluate language function 'format': the format is invalid: '${fact}'.`);
}

function write(call: Call, pieces: readonly FormatPiece[]): string {
  let total = 0;
  const guard = (length: number): void => {
    total += length;
    checkResultLength(call, total);
  };
  const text = writeComposite(pieces, (index, itemFormat) => itemText(call.args[index + 1], itemFormat, guard), guard);
  checkResultLength(call, text.length);
  return text;
}

/** Arrays and objects are printed as JSON with single quotes. */
function itemText(
  value: ArmValue | undefined,
  itemFormat: string,
  guard: (length: number) => void,
): string | undefined {
  if (value === undefined) return undefined;
  if (value === null) return "";
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "True" : "False";
  if (isArmArray(value) || value instanceof ArmObject) return printJson(value).replaceAll('"', "'");
  return typeof value === "bigint" || typeof value === "number" ? formatNumber(value, itemFormat, guard) : undefined;
}

/** What is known of a text in which some items are not: its start, above all. */
function partlyFormatted(call: Call, pattern: string): ArmValue {
  try {
    return partlyKnown(
      call,
      parseComposite(pattern).map((piece) => pieceValue(call, piece)),
    );
  } catch (error) {
    if (error instanceof CompositeFormatError) return call.session.unknownCall(call, call.args);
    throw error;
  }
}

function pieceValue(call: Call, piece: FormatPiece): ArmValue {
  if (piece.kind === "text") return piece.text;
  const value = call.args[piece.index + 1];
  const plain = piece.format === "" && piece.width === 0 && value !== undefined;
  const printable =
    typeof value === "string" || typeof value === "bigint" || typeof value === "boolean" || value instanceof Unknown;
  return plain && printable ? value : new Unknown("runtime-function");
}
