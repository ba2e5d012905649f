import { isArray, isObject, Sensitive, Unknown, type Value } from "../../src/expression/value.ts";
import type { TemplateNode } from "../../src/sources/arm/template/node.ts";
import { checkWorkspace } from "../../src/sources/bicep/check/check-workspace.ts";
import { lower } from "../../src/sources/bicep/lower/lower.ts";
import { loadWorkspace } from "../../src/sources/bicep/workspace/workspace.ts";
import { memoryFiles } from "./memory-files.ts";
import { type Declared, secretsOf } from "./parity-template.ts";

/** Members of a resource that its header says in Bicep. */
const IN_HEADER: ReadonlySet<string> = new Set(["id", "type", "apiversion"]);

/**
 * The bodies as a Bicep file, read by our own front end; `null` where one extends a resource that is not among them, and where an
 * expression is given, which is not Bicep's.
 */
export function toBicepTemplate(declared: readonly Declared[]): TemplateNode | null {
  const owners = declared.map(({ owner }) =>
    owner === null ? -1 : declared.findIndex(({ body }) => body.id.toLowerCase() === owner.toLowerCase()),
  );
  if (owners.some((owner, index) => owner < 0 && declared[index]?.owner !== null)) return null;
  if (declared.some(({ body }) => hasExpression(body))) return null;
  const secrets = secretsOf(declared.map(({ body }) => body));
  const text = [
    "param unknown string = utcNow()",
    ...secrets.map((value, index) => `@secure()\nparam secret${index} string = ${quoted(value)}`),
    ...declared.map((each, index) => toResource(each, { index, owner: owners[index] ?? -1, secrets })),
    "",
  ].join("\n");
  const workspace = loadWorkspace(
    "main.bicep",
    memoryFiles({ files: new Map([["main.bicep", new TextEncoder().encode(text)]]), environment: new Map() }),
  );
  const [fault] = workspace === undefined ? [] : checkWorkspace(workspace);
  if (workspace === undefined || fault !== undefined) throw new Error(`${fault?.code} in\n${text}`);
  return lower(workspace).template ?? null;
}

function toResource(
  { body }: Declared,
  { index, owner, secrets }: { index: number; owner: number; secrets: readonly string[] },
): string {
  const apiVersion = typeof body["apiVersion"] === "string" ? body["apiVersion"] : "2025-06-01";
  const members = Object.entries(body).filter(([name]) => !IN_HEADER.has(name.toLowerCase()));
  const lines = members.map(([name, value]) => `  ${keyOf(name)}: ${toBicep(value, secrets)}`);
  const scope = owner < 0 ? [] : [`  scope: r${owner}`];
  return [`resource r${index} '${body.type}@${apiVersion}' = {`, ...lines, ...scope, "}"].join("\n");
}

function toBicep(value: Value, secrets: readonly string[]): string {
  if (value instanceof Unknown) return "unknown";
  if (value instanceof Sensitive) return `secret${secrets.indexOf(String(value.value))}`;
  if (isArray(value)) return `[${value.map((item) => `\n${toBicep(item, secrets)}`).join("")}\n]`;
  if (isObject(value))
    return `{${Object.entries(value)
      .map(([name, item]) => `\n${keyOf(name)}: ${toBicep(item, secrets)}`)
      .join("")}\n}`;
  if (typeof value === "number" && !Number.isInteger(value)) return `json('${value}')`;
  return typeof value === "string" ? quoted(value) : String(value);
}

function hasExpression(value: Value): boolean {
  if (value instanceof Unknown) return value.expression !== null;
  const items = isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  return items.some(hasExpression);
}

function keyOf(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : quoted(name);
}

function quoted(text: string): string {
  const escaped = text
    .replaceAll("\\", "\\\\")
    .replaceAll("'", "\\'")
    .replaceAll("${", "\\${")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t");
  return `'${escaped}'`;
}
