import type { Value } from "../../../expression/value.ts";
import { isJsonObject, type Json } from "../../arm/json.ts";
import { markSecrets } from "../../../plan/mark-secrets.ts";

/** A resource as Microsoft's engine predicts it. Texts in brackets are expressions that it could not work out. */
export interface PredictedResource {
  /** `null` for what is no resource of Azure. */
  readonly id: string | null;
  readonly type: string;
  readonly name: string | null;
  readonly apiVersion: string | null;
  /** The whole body, what its type declares secret marked as such. */
  readonly body: Value;
}

/** Deeper documents are not compared. */
const MAX_DEPTH = 200;

/** @throws SyntaxError, TypeError when the text is no snapshot */
export function parsePredictedResources(text: string): readonly PredictedResource[] {
  const json: unknown = JSON.parse(text);
  const list = isJsonObject(json) ? json["predictedResources"] : undefined;
  if (!Array.isArray(list)) throw new TypeError("it lists no resources");
  return list.map(toPredicted);
}

function toPredicted(item: Json): PredictedResource {
  if (!isJsonObject(item) || isDeeper(item, MAX_DEPTH)) throw new TypeError("a resource has another form");
  const { id, type, name, apiVersion } = item;
  if (typeof type !== "string") throw new TypeError("a resource has no type");
  return {
    id: typeof id === "string" ? id : null,
    type,
    name: typeof name === "string" ? name : null,
    apiVersion: typeof apiVersion === "string" ? apiVersion : null,
    body: markSecrets(type, item),
  };
}

/** Whether `json` is nested more than `levels` deep. */
function isDeeper(json: Json, levels: number): boolean {
  let level: readonly Json[] = [json];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > levels) return true;
    level = level.flatMap((item) => (typeof item === "object" && item !== null ? Object.values(item) : []));
  }
  return false;
}

/** Whether a text of a snapshot is an expression. A text that merely looks like one cannot be told apart. */
export function isExpression(value: Value | undefined): boolean {
  return typeof value === "string" && value.startsWith("[") && value.endsWith("]");
}
