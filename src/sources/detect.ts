import { GateError } from "../diagnostics/gate-error.ts";
import { isRecord } from "../lib/is-record.ts";
import { lineAndColumn } from "../lib/line-and-column.ts";
import type { SourceId } from "../plan/plan.ts";
import type { SourceDocument } from "./document.ts";

/** A document whose kind is known. `json` is its parsed content for the JSON kinds. */
export interface RecognisedDocument {
  readonly document: SourceDocument;
  readonly source: SourceId;
  readonly json: unknown;
}

/**
 * Tells what kind of document a file is, from its content alone.
 *
 * @throws GateError SOURCE_NOT_JSON, SOURCE_UNRECOGNISED or SOURCE_AMBIGUOUS, with a hint at what the file seems to be
 */
export function recognise(document: SourceDocument): RecognisedDocument {
  const start = firstCharacter(document.text);
  if (start === "{" || start === "[") return recogniseJson(document);
  const foreign = FOREIGN_TEXT.find(({ pattern }) => pattern.test(document.text));
  if (foreign === undefined && isBicep(document)) return { document, source: "bicep", json: null };
  const known = foreign ?? (PROSE.pattern.test(document.text) ? PROSE : undefined);
  throw new GateError(
    "SOURCE_UNRECOGNISED",
    `${document.name} is ${known?.what ?? "not a plan document"}`,
    known?.hint === undefined ? {} : { hint: known.hint },
  );
}

/** What says nothing by its content, as a file of comments does, is taken for what its name says. */
function isBicep({ path, text }: SourceDocument): boolean {
  return BICEP_STATEMENT.test(text) || /\.bicep(?:param)?$/i.test(path);
}

/** The first character behind white space and the comments that ARM's tools accept. */
function firstCharacter(text: string): string {
  const blank = /(?:\s|\uFEFF|\/\/[^\r\n]*|\/\*[\s\S]*?\*\/)*/y;
  blank.test(text);
  return text.charAt(blank.lastIndex);
}

/** A line that only Bicep files have. */
const BICEP_STATEMENT =
  /^[ \t]*(?:param|var|resource|module|output|targetScope|using|metadata|type|func|import|extension|provider|assert)\b[^\r\n]*[='{]/m;

const SAVE_JSON = "Save the JSON form: `az deployment group what-if … --no-pretty-print > whatif.json`.";

const SAVE_TERRAFORM = "Save the JSON form: `terraform show -json tfplan > tfplan.json`.";

/** Text that people give us by mistake. It is looked at before Bicep: such text has lines that Bicep could have too. */
const FOREIGN_TEXT = [
  {
    pattern:
      /^(?:Resource and property changes are indicated|The deployment will update the following scope|Note: The result may contain false positive)/m,
    what: "the pretty-printed text of a what-if",
    hint: SAVE_JSON,
  },
  {
    pattern: /^Terraform will perform the following actions/m,
    what: "the text of a Terraform plan",
    hint: SAVE_TERRAFORM,
  },
  {
    pattern: /^(?:resource|data|module|variable|provider|output)[ \t]+"[^"\r\n]*"/m,
    what: "Terraform configuration",
    hint: SAVE_TERRAFORM,
  },
];

/** What is neither Bicep nor one of those; Bicep's comments may look like it. */
const PROSE = { pattern: /^#{1,6} |^\|.*\|$/m, what: "a Markdown or text file, not a plan document", hint: SAVE_JSON };

function recogniseJson(document: SourceDocument): RecognisedDocument {
  const json = parseJson(document);
  if (Array.isArray(json)) throw refuseArray(document.name, json);
  if (!isRecord(json)) throw new GateError("SOURCE_UNRECOGNISED", `${document.name} is not a plan document`);
  const candidates = SIGNS.filter(({ matches }) => matches(json)).map(({ source }) => source);
  const [source, other] = candidates;
  if (source === undefined) throw refuseObject(document.name, json);
  if (other !== undefined)
    throw new GateError("SOURCE_AMBIGUOUS", `${document.name} could be ${candidates.join(" or ")}`);
  return { document, source, json };
}

function parseJson(document: SourceDocument): unknown {
  const text = document.text.codePointAt(0) === 0xfeff ? document.text.slice(1) : document.text;
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (isEngineEvents(text)) return { pulumiEvents: true };
    const lenient = lenientKind(text);
    if (lenient !== null) return { $schema: lenient };
    throw new GateError("SOURCE_NOT_JSON", `${document.name} is not valid JSON${placeOf(text, cause)}`, { cause });
  }
}

/** The schema of a document that is JSON only to ARM's tools: it has comments, trailing commas or line breaks in texts. */
function lenientKind(text: string): string | null {
  const schema = /["']\$schema["']\s*:\s*["'][^"'\r\n]*?(?<kind>deploymentTemplate|deploymentParameters)\.json/i.exec(
    text,
  );
  if (schema?.groups !== undefined) return `${schema.groups["kind"]}.json`;
  const isTemplate = /["']contentVersion["']\s*:/i.test(text) && /["']resources["']\s*:\s*[[{]/i.test(text);
  return isTemplate ? "deploymentTemplate.json" : null;
}

/** Newline-delimited engine events of Pulumi. */
function isEngineEvents(text: string): boolean {
  const first = text.slice(0, text.indexOf("\n") === -1 ? undefined : text.indexOf("\n"));
  return first.length < text.length && /"sequence"\s*:\s*\d+/.test(first) && /"timestamp"\s*:\s*\d+/.test(first);
}

function placeOf(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : "";
  const offset = /position (?<offset>\d+)/.exec(message)?.groups?.["offset"];
  if (offset === undefined) return /end of JSON|Unterminated/i.test(message) ? ": it ends too early" : "";
  const { line, column } = lineAndColumn(text, Number(offset));
  return ` (line ${line}, column ${column})`;
}

interface Sign {
  readonly source: SourceId;
  readonly matches: (json: Readonly<Record<string, unknown>>) => boolean;
}

const SIGNS: readonly Sign[] = [
  { source: "arm-what-if", matches: isWhatIf },
  {
    source: "arm-template",
    matches: (json) =>
      schemaOf(json).includes("deploymenttemplate.json") || ("contentVersion" in json && "resources" in json),
  },
  {
    source: "terraform-plan",
    matches: (json) =>
      typeof json["format_version"] === "string" && ("resource_changes" in json || "planned_values" in json),
  },
  {
    source: "pulumi-preview",
    matches: (json) =>
      "pulumiEvents" in json || (Array.isArray(json["steps"]) && ("changeSummary" in json || "duration" in json)),
  },
];

function isWhatIf(json: Readonly<Record<string, unknown>>): boolean {
  if (Array.isArray(json["changes"])) return true;
  const properties = json["properties"];
  if (isRecord(properties) && "changes" in properties) return true;
  const members = Object.keys(json);
  const onlyOutcome = members.every((name) => ["status", "error", "properties", "changes"].includes(name));
  return onlyOutcome && (isOutcome(json["status"]) || isRecord(json["error"]));
}

/** Whether a status is one of Resource Manager's, not anybody's `{ "status": "ok" }`. */
function isOutcome(status: unknown): boolean {
  return typeof status === "string" && /^(?:succeeded|failed|cancell?ed|running|accepted)$/i.test(status);
}

function refuseArray(name: string, json: readonly unknown[]): GateError {
  const [first] = json;
  if (isRecord(first) && "request" in first && "response" in first) {
    return new GateError("SOURCE_UNRECOGNISED", `${name} is a recorded HTTP exchange, not a plan document`, {
      hint: "Give the body of its last response.",
    });
  }
  if (isRecord(first) && "changeType" in first) {
    return new GateError("SOURCE_UNRECOGNISED", `${name} is a bare list of changes`, {
      hint: "Give the whole what-if result, with `status` and `changes`.",
    });
  }
  return new GateError("SOURCE_UNRECOGNISED", `${name} is a JSON array, not a plan document`);
}

function refuseObject(name: string, json: Readonly<Record<string, unknown>>): GateError {
  if (schemaOf(json).includes("deploymentparameters.json")) {
    return new GateError("SOURCE_UNRECOGNISED", `${name} is a parameter file`, {
      hint: "Give the template, and this file with `--parameters`.",
    });
  }
  if ("schemaVersion" in json && "verdict" in json) {
    return new GateError("SOURCE_UNRECOGNISED", `${name} is a Portcullis report`, {
      hint: "Use `portcullis merge` to combine reports, or `--baseline` to compare with one.",
    });
  }
  return new GateError("SOURCE_UNRECOGNISED", `${name} is JSON, but not a plan document`);
}

function schemaOf(json: Readonly<Record<string, unknown>>): string {
  const schema = json["$schema"];
  return typeof schema === "string" ? schema.toLowerCase() : "";
}
