import { readFileSync } from "node:fs";
import { type BaseIssue, type BaseSchema, type InferOutput, parse } from "valibot";

/** The content of a JSON file, checked. */
export function readJsonFile<Schema extends BaseSchema<unknown, unknown, BaseIssue<unknown>>>(
  file: string,
  schema: Schema,
): InferOutput<Schema> {
  return parse(schema, JSON.parse(readFileSync(file, "utf8")));
}
