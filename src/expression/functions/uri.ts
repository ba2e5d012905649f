import { ArmObject, type ArmValue, typeName } from "../arm-value.ts";
import { formatDouble } from "../dotnet/number-format.ts";
import { absoluteUri, displayUri, isWellFormed, parseUri, resolveUri, UnmodelledUri, UriError } from "../dotnet/uri.ts";
import { escapeForm } from "../dotnet/uri-escape.ts";
import { residualText } from "../residual.ts";
import { Unknown } from "../value.ts";
import { type Call, DOCUMENTATION, type FunctionDefinition, objectAt, refuse, textAt } from "./signature.ts";

const PAGE = `${DOCUMENTATION}-string`;
const MAX_PORT = 65_535n;

/** Functions that take addresses apart and put them together. */
export const URI: readonly FunctionDefinition[] = [
  {
    name: "uri",
    parameters: ["String", "String"],
    documentation: `${PAGE}#uri`,
    evaluate: (call) => modelled(call, uri),
  },
  {
    name: "parseUri",
    parameters: ["String"],
    documentation: `${PAGE}#parseuri`,
    evaluate: (call) => modelled(call, parts),
  },
  {
    name: "buildUri",
    parameters: ["Object"],
    documentation: `${PAGE}#builduri`,
    evaluate: (call) => modelled(call, build),
  },
];

/** What .NET makes of files, shares and numeric hosts is not worked out. */
function modelled(call: Call, work: (call: Call) => ArmValue): ArmValue {
  try {
    return work(call);
  } catch (error) {
    if (!(error instanceof UnmodelledUri)) throw error;
    return new Unknown("limit", residualText(call, call.args));
  }
}

function uri(call: Call): ArmValue {
  const base = textAt(call, 0);
  const relative = textAt(call, 1);
  if (!isWellFormed(base)) {
    const fact = `expects its first argument to be a uri string. The provided value is '${base}'.`;
    refuse("value", `The template language function 'uri' ${fact}`);
  }
  return orRefused(
    () => absoluteUri(resolveUri(parseUri(base), relative)),
    () => {
      return `Cannot construct valid uri from base uri '${base}' and string '${relative}', check if the base uri is empty.`;
    },
  );
}

function orRefused<T>(work: () => T, message: (fact: string) => string): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof UriError)) throw error;
    return refuse("value", message(error.message));
  }
}

function parts(call: Call): ArmValue {
  const text = textAt(call, 0);
  if (text === "") refuse("value", "The specified URL '' is not valid 'Invalid URI: The URI is empty.'.");
  const parsed = orRefused(
    () => parseUri(text),
    (fact) => `The specified URL '${text}' is not valid '${fact}'.`,
  );
  const path = escapeForm(parsed.path);
  const query = escapeForm(parsed.query);
  return ArmObject.of([
    ["scheme", parsed.scheme],
    ["host", parsed.host],
    ["port", parsed.port === null ? null : BigInt(parsed.port)],
    ...(path === "/" ? [] : [["path", path] as const]),
    ...(query === "" ? [] : [["query", query] as const]),
  ]);
}

function build(call: Call): ArmValue {
  const object = objectAt(call, 0);
  const scheme = textMember(object, "scheme");
  const host = textMember(object, "host");
  for (const [name, value] of [
    ["scheme", scheme],
    ["host", host],
  ]) {
    if (value === undefined || value === "") {
      refuse("value", `The input object to the 'buildUri' function is missing the required property '${name}''.`);
    }
  }
  const port = portMember(object);
  const given = (textMember(object, "path") ?? "").replaceAll("\\", "/");
  const path = escapeForm(given).replaceAll("?", "%3F").replaceAll("#", "%23");
  const query = textMember(object, "query") ?? "";
  const authority = hostText(host ?? "") + (port === null ? "" : `:${port}`);
  const queryText = query === "" || query.startsWith("?") ? query : `?${query}`;
  const text = `${schemeText(scheme ?? "")}://${authority}${path.startsWith("/") ? "" : "/"}${path}${queryText}`;
  return orRefused(() => displayUri(parseUri(text)), refusedBuild);
}

function refusedBuild(fact: string): string {
  return `An error occured while evaluating the 'buildUri' function '${fact}'.`;
}

function schemeText(scheme: string): string {
  const name = scheme.split(":")[0] ?? "";
  if (/^[A-Za-z][A-Za-z0-9+.-]*$/.test(name)) return name;
  return refuse("value", refusedBuild("Invalid URI: The URI scheme is not valid. (Parameter 'value')"));
}

/** An address of version 6 gets its brackets. */
function hostText(host: string): string {
  return host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
}

function textMember(object: ArmObject, name: string): string | undefined {
  const value = object.get(name);
  return value === undefined || typeof value === "string" ? value : refuseMember(value, "String");
}

function portMember(object: ArmObject): bigint | null {
  const value = object.get("port");
  if (value === undefined || value === null) return null;
  if (typeof value !== "bigint") return refuseMember(value, "Integer");
  const start = `value ('${value}') must be`;
  if (value > MAX_PORT) refuse("value", refusedBuild(`${start} less than or equal to '${MAX_PORT}'.`));
  if (value < -1n) refuse("value", refusedBuild(`${start} greater than or equal to '-1'.`));
  return value === -1n ? null : value;
}

function refuseMember(value: ArmValue, expected: string): never {
  const shown =
    typeof value === "object" && value !== null
      ? "[object]"
      : typeof value === "number"
        ? formatDouble(value)
        : String(value);
  const fact = `is type '${typeName(value)}', expected type is '${expected}'.`;
  refuse("type", `Evaluation result of language expression '${shown}' ${fact}`);
}
