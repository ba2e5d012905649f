import { toJsonSchema } from "@valibot/to-json-schema";
import { configSchema } from "../../src/config/schema.ts";

/** The JSON Schema of portcullis.yml, for completion in editors. */
export function configJsonSchema(): string {
  const schema = toJsonSchema(configSchema, { typeMode: "input", errorMode: "ignore" });
  return `${JSON.stringify({ title: "Portcullis configuration", ...schema }, null, 2)}\n`;
}
