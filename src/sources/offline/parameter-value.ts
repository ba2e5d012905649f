import { GateError } from "../../diagnostics/gate-error.ts";
import type { ArmValue } from "../../expression/arm-value.ts";
import { literalText } from "../arm/template/literal.ts";
import { memberOf, type TemplateNode, valueOf } from "../arm/template/node.ts";
import { readJsonc } from "../arm/template/read-jsonc.ts";
import { plainValue } from "./plain-value.ts";

/** Longest chain of `$ref` that is followed. */
const MAX_REFERENCES = 32;

/**
 * The value in `NAME=VALUE` for a parameter of `template`: the text itself when a text is declared or nothing is, else what it says as JSON.
 *
 * @throws GateError PARAMETER_INVALID when it is no JSON; the message does not repeat the value, which may be a secret
 */
export function parameterValue(template: TemplateNode, name: string, text: string): ArmValue {
  const type = declaredType(template, name);
  if (type === undefined || /^(?:secure)?string$/i.test(type)) return text;
  if (/^bool$/i.test(type) && /^(?:true|false)$/i.test(text)) return text.toLowerCase() === "true";
  try {
    return plainValue(readJsonc(text, name));
  } catch (cause) {
    throw new GateError("PARAMETER_INVALID", `the parameter ${name} is of type ${type}, and its value is not JSON`, {
      cause,
    });
  }
}

/** The names of the parameters that a template declares, in lower case. */
export function declaredNames(template: TemplateNode): ReadonlySet<string> {
  const parameters = valueOf(template, "parameters");
  return new Set(parameters?.kind === "object" ? [...parameters.members.keys()].map((name) => name.toLowerCase()) : []);
}

/** The type of a parameter, user-defined types followed to what they are made of. */
function declaredType(template: TemplateNode, name: string): string | undefined {
  let declaration = valueOf(valueOf(template, "parameters"), name);
  for (let step = 0; step < MAX_REFERENCES; step += 1) {
    const type = literalText(valueOf(declaration, "type"));
    if (type !== undefined) return type;
    const target = /^#\/definitions\/(?<name>[^/]+)$/.exec(literalText(valueOf(declaration, "$ref")) ?? "")?.groups;
    if (target?.["name"] === undefined) return undefined;
    declaration = memberOf(valueOf(template, "definitions"), decodePointer(target["name"]))?.value;
  }
  return undefined;
}

/** @see https://www.rfc-editor.org/rfc/rfc6901#section-3 */
function decodePointer(segment: string): string {
  return segment.replaceAll("~1", "/").replaceAll("~0", "~");
}
