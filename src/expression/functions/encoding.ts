import { Buffer } from "node:buffer";
import type { ArmValue } from "../arm-value.ts";
import { ArmObject, isArmArray } from "../arm-value.ts";
import { formatDouble } from "../dotnet/number-format.ts";
import { escapeData, urlDecode } from "../dotnet/uri-escape.ts";
import { printJson } from "../json/print-json.ts";
import { readJson } from "../json/read-json.ts";
import {
  argumentAt,
  type Call,
  checkResultLength,
  DOCUMENTATION,
  type FunctionDefinition,
  refuse,
  textAt,
} from "./signature.ts";

const PAGE = `${DOCUMENTATION}-string`;

/** Functions that encode and decode texts. */
export const ENCODING: readonly FunctionDefinition[] = [
  { name: "base64", parameters: ["String"], documentation: `${PAGE}#base64`, evaluate: base64 },
  { name: "base64ToString", parameters: ["String"], documentation: `${PAGE}#base64tostring`, evaluate: base64ToString },
  { name: "base64ToJson", parameters: ["String"], documentation: `${PAGE}#base64tojson`, evaluate: base64ToJson },
  { name: "dataUri", parameters: ["any"], documentation: `${PAGE}#datauri`, evaluate: dataUri },
  {
    name: "dataUriToString",
    parameters: ["String"],
    documentation: `${PAGE}#datauritostring`,
    evaluate: dataUriToString,
  },
  {
    name: "uriComponent",
    parameters: ["String"],
    documentation: `${PAGE}#uricomponent`,
    evaluate(call) {
      const text = textAt(call, 0);
      call.session.budget.spendText(text.length * 9);
      return escapeData(text);
    },
  },
  {
    name: "uriComponentToString",
    parameters: ["String"],
    documentation: `${PAGE}#uricomponenttostring`,
    evaluate: (call) => urlDecode(textAt(call, 0)),
  },
];

function base64(call: Call): ArmValue {
  const bytes = Buffer.from(textAt(call, 0), "utf8");
  checkResultLength(call, Math.ceil(bytes.length / 3) * 4);
  return bytes.toString("base64");
}

function base64ToString(call: Call): ArmValue {
  return decodeBase64(textAt(call, 0)) ?? refuseBase64(call);
}

function base64ToJson(call: Call): ArmValue {
  const text = decodeBase64(textAt(call, 0)) ?? refuseBase64(call);
  const value = readJson(text, call.session.budget.limits.valueDepth);
  if (value !== undefined) return value;
  const fact =
    "was invoked with a parameter that is not valid. The decoded string is not a valid json serialized value.";
  return refuse("value", `The template language function 'base64ToJson' ${fact}`);
}

function refuseBase64(call: Call): never {
  const fact =
    "was invoked with a parameter that is not valid. The value cannot be decoded from base64 representation.";
  refuse("value", `The template language function '${call.definition.name}' ${fact}`);
}

/** White space is skipped, padding must be complete. */
function decodeBase64(text: string): string | undefined {
  const digits = text.replaceAll(/[ \t\r\n]/g, "");
  if (digits.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(digits)) return undefined;
  return Buffer.from(digits, "base64").toString("utf8");
}

function dataUri(call: Call): ArmValue {
  const value = argumentAt(call, 0);
  const text = typeof value === "string" ? value : jsonText(value);
  const type = typeof value === "string" ? "text/plain" : "application/json";
  const bytes = Buffer.from(text, "utf8");
  call.session.budget.spendText(bytes.length * 2);
  return `data:${type};charset=utf-8;base64,${bytes.toString("base64")}`;
}

function jsonText(value: ArmValue): string {
  if (isArmArray(value) || value instanceof ArmObject) return printJson(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return formatDouble(value);
  return typeof value === "bigint" ? value.toString() : refuseConversion("dataUri");
}

function refuseConversion(name: string): never {
  const fact = "was invoked with a parameter that is not valid. The value cannot be converted to the target type.";
  refuse("value", `The template language function '${name}' ${fact}`);
}

function dataUriToString(call: Call): ArmValue {
  const uri = textAt(call, 0);
  const comma = uri.indexOf(",");
  const header = /^data:/i.test(uri) && comma >= 0 ? uri.slice("data:".length, comma) : undefined;
  const parts = header?.split(";") ?? [""];
  if (header === undefined || !isMediaType(header, parts)) {
    const fact = `expects its parameter to be formatted as a valid data URI. The provided value '${uri}' was not formatted correctly.`;
    refuse("value", `The template language function 'dataUriToString' ${fact}`);
  }
  checkCharset(parts);
  const data = uri.slice(comma + 1);
  const encoded = parts.at(-1)?.toLowerCase() === "base64";
  return encoded ? (decodeBase64(data) ?? refuseConversion("dataUriToString")) : urlDecode(data, false);
}

function checkCharset(parts: readonly string[]): void {
  const charset = parts
    .slice(1)
    .find((part) => /^charset=/i.test(part))
    ?.slice("charset=".length);
  if (charset === undefined || /^utf-?8$/i.test(charset)) return;
  const fact = `parameter is not valid. The provided charset '${charset}' is not supported.`;
  refuse("value", `The template language function 'dataUriToString' ${fact}`);
}

/** Nothing, `;base64`, or a type with parameters of which none is empty. */
function isMediaType(header: string, parts: readonly string[]): boolean {
  return header === "" || header.toLowerCase() === ";base64" || parts.every((part) => part !== "");
}
