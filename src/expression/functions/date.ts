import type { ArmValue } from "../arm-value.ts";
import { typeName } from "../arm-value.ts";
import { DateFormatError, formatDate } from "../dotnet/date-format.ts";
import { parseDate } from "../dotnet/date-parse.ts";
import { parseDuration } from "../dotnet/duration.ts";
import {
  EPOCH_TICKS,
  isRepresentable,
  MAX_TICKS,
  type OffsetTime,
  TICKS_PER_SECOND,
  utcTicks,
} from "../dotnet/ticks.ts";
import { argumentAt, type Call, DOCUMENTATION, type FunctionDefinition, refuse, textAt } from "./signature.ts";

const PAGE = `${DOCUMENTATION}-date`;
const STRING_PAGE = `${DOCUMENTATION}-string`;
const DEFAULT_FORMAT = "yyyy-MM-ddTHH:mm:ssZ";
const COMPACT = /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})T(?<hour>\d{2})(?<minute>\d{2})(?<second>\d{2})Z$/;

/** Date functions. @see https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-date */
export const DATE: readonly FunctionDefinition[] = [
  {
    name: "dateTimeAdd",
    parameters: ["String", "String", "String"],
    required: 2,
    checks: "all",
    documentation: `${PAGE}#datetimeadd`,
    evaluate: dateTimeAdd,
  },
  {
    name: "dateTimeFromEpoch",
    parameters: ["any"],
    unknowns: "inside",
    documentation: `${PAGE}#datetimefromepoch`,
    evaluate: fromEpoch,
  },
  { name: "dateTimeToEpoch", parameters: ["String"], documentation: `${PAGE}#datetimetoepoch`, evaluate: toEpoch },
  {
    name: "utcNow",
    parameters: [],
    rest: "any",
    defaultsOnly: true,
    documentation: `${PAGE}#utcnow`,
    evaluate: (call) => call.session.unknownCall(call, call.args),
  },
  {
    name: "newGuid",
    parameters: [],
    rest: "any",
    defaultsOnly: true,
    documentation: `${STRING_PAGE}#newguid`,
    evaluate: (call) => call.session.unknownCall(call, call.args),
  },
];

function dateTimeAdd(call: Call): ArmValue {
  const base = textAt(call, 0);
  const duration = textAt(call, 1);
  const format = call.args.length > 2 ? textAt(call, 2) : DEFAULT_FORMAT;
  const start = "The template function 'dateTimeAdd' has an invalid parameter.";
  const time = timeOf(base);
  if (time === "needs-today") return call.session.unknownCall(call, call.args);
  if (time === undefined)
    refuse("value", `${start} The first parameter '${base}' is not a valid ISO8601 DateTime string.`);
  const ticks = parseDuration(duration);
  if (ticks === undefined) {
    refuse("value", `${start} The second parameter '${duration}' is not a valid ISO8601 Duration string.`);
  }
  const sum = { ...time, clockTicks: time.clockTicks + ticks };
  if (!isRepresentable(sum.clockTicks) || !isRepresentable(utcTicks(sum))) {
    refuse("value", "The added or subtracted value results in an un-representable DateTime. (Parameter 't')");
  }
  try {
    return formatDate(sum, format);
  } catch (error) {
    if (!(error instanceof DateFormatError)) throw error;
    return refuse("value", `${start} The third parameter '${format}' is not a valid DateTime format string.`);
  }
}

/** What a text means; a date without its year would depend on the day of the deployment. */
function timeOf(text: string): OffsetTime | "needs-today" | undefined {
  const expanded = text.replace(COMPACT, "$<year>-$<month>-$<day>T$<hour>:$<minute>:$<second>Z");
  const parsed = parseDate(expanded);
  if (parsed.kind === "time") return parsed.time;
  return parsed.kind === "needs-today" ? "needs-today" : undefined;
}

function fromEpoch(call: Call): ArmValue {
  const given = argumentAt(call, 0);
  const seconds = wholeNumber(given);
  if (seconds === null) {
    const fact = `to be of type 'Integer'. The provided value is of type '${typeName(given)}'.`;
    refuse("type", `The template language function 'dateTimeFromEpoch' expects its parameter ${fact}`);
  }
  const ticks = seconds === undefined ? -1n : EPOCH_TICKS + seconds * TICKS_PER_SECOND;
  if (ticks >= 0n && ticks <= MAX_TICKS) return formatDate({ clockTicks: ticks, offsetMinutes: 0 }, DEFAULT_FORMAT);
  const fact = "The parameter is not a valid epoch time integer.";
  return refuse("value", `The template function 'dateTimeFromEpoch' has an invalid parameter. ${fact}`);
}

/** Texts and floats that are whole numbers count as well; `undefined` for those that are not, null for other types. */
function wholeNumber(value: ArmValue): bigint | undefined | null {
  if (typeof value === "bigint") return value;
  if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : undefined;
  if (typeof value !== "string") return null;
  return /^[\t-\r ]*[+-]?[0-9]{1,20}[\t-\r ]*$/.test(value) ? BigInt(value.trim().replace("+", "")) : undefined;
}

function toEpoch(call: Call): ArmValue {
  const time = timeOf(textAt(call, 0));
  if (time === "needs-today") return call.session.unknownCall(call, call.args);
  if (time === undefined) {
    const fact = "The parameter is not a valid ISO8601 DateTime string.";
    refuse("value", `The template function 'dateTimeToEpoch' has an invalid parameter. ${fact}`);
  }
  const ticks = utcTicks(time) - EPOCH_TICKS;
  return (ticks - (((ticks % TICKS_PER_SECOND) + TICKS_PER_SECOND) % TICKS_PER_SECOND)) / TICKS_PER_SECOND;
}
