import { isArray, isObject, Sensitive, Unknown, type Value } from "../../src/expression/value.ts";
import { joinBase } from "../../src/plan/join-base.ts";
import type { Plan } from "../../src/plan/plan.ts";
import type { PlannedResource } from "../../src/plan/planned-resource.ts";
import { expandTemplate } from "../../src/sources/arm/template/expand-template.ts";
import type { TemplateNode } from "../../src/sources/arm/template/node.ts";
import { readJsonc } from "../../src/sources/arm/template/read-jsonc.ts";
import { type Body, GROUP } from "./resources.ts";
import type { Row } from "./test-rule.ts";

const [, , SUBSCRIPTION = "", , RESOURCE_GROUP = ""] = GROUP.split("/");

/** A body as a template declares it: where it stands, and the members that are the author's. */
export interface Declared {
  readonly body: Body;
  /** The resource that it extends, when it does. */
  readonly owner: string | null;
}

/** The bodies of one state of the world as a template; `null` when the language cannot say them. */
export type ToTemplate = (declared: readonly Declared[]) => TemplateNode | null;

/** The plan of a row whose two states are written as templates: the one before is the base of the one after. */
export function planOfTemplates(row: Row, source: "arm-template" | "bicep", toTemplate: ToTemplate): Plan | null {
  const isMerelyWritten = row.changeType === undefined && row.potential !== true && row.incomplete !== true;
  if (!isMerelyWritten || row.after === undefined) return null;
  const beside = row.beside ?? [];
  const after = expanded([row.after, ...beside, ...(row.created ?? [])], { source, toTemplate });
  if (after === null) return null;
  const plan = subjectFirst(after, row.after.id);
  if (row.before === undefined && beside.length === 0) return plan;
  const before = expanded([...(row.before === undefined ? [] : [row.before]), ...beside], { source, toTemplate });
  return before === null ? null : joinBase(plan, before, "incremental");
}

/** The plan with the subject of its row before what that depends on. */
function subjectFirst(plan: Plan, id: string): Plan {
  const isSubject = ({ id: own }: PlannedResource) => !(own instanceof Unknown) && own.key === id.toLowerCase();
  const { resources } = plan;
  return { ...plan, resources: [...resources.filter(isSubject), ...resources.filter((each) => !isSubject(each))] };
}

function expanded(
  bodies: readonly Body[],
  { source, toTemplate }: { source: "arm-template" | "bicep"; toTemplate: ToTemplate },
): Plan | null {
  const declared = bodies.map(declare);
  if (declared.includes(null)) return null;
  const template = toTemplate(declared.filter((each) => each !== null));
  if (template === null) return null;
  return expandTemplate({
    source,
    template,
    parameters: [],
    scope: {
      kind: null,
      tenantId: null,
      subscriptionId: SUBSCRIPTION,
      resourceGroup: RESOURCE_GROUP,
      managementGroup: null,
      location: null,
      deploymentName: null,
    },
    strictParameters: false,
    linkedTemplates: new Map(),
  }).plan;
}

/** `null` where a body stands outside of the resource group, or under a name that is not known. */
function declare(body: Body): Declared | null {
  const scope = body.id.slice(0, body.id.lastIndexOf("/providers/"));
  const isHere = scope.toLowerCase() === GROUP.toLowerCase();
  const isExtension = scope.toLowerCase().startsWith(`${GROUP.toLowerCase()}/providers/`);
  return isHere || isExtension ? { body, owner: isHere ? null : scope } : null;
}

/** The resource as it stands in a JSON template. */
function toDeclaration({ body, owner }: Declared): object {
  const { id: _, ...members } = body;
  const written = Object.fromEntries(Object.entries(members).map(([name, value]) => [name, toTemplateJson(value)]));
  return { apiVersion: "2025-06-01", ...written, ...(owner === null ? {} : { scope: owner }) };
}

/** The parameters that expressions name: none has a value. */
function parametersIn(declared: readonly Declared[]): readonly string[] {
  const text = JSON.stringify(declared.map(({ body }) => toTemplateJson(body)));
  return [...text.matchAll(/parameters\('(?<name>\w+)'\)/g)].map(({ groups }) => groups?.["name"] ?? "");
}

/** The bodies as a JSON template. What is not known is a parameter without a value; what is secret a secure one. */
export function toJsonTemplate(declared: readonly Declared[]): TemplateNode {
  const text = JSON.stringify({
    $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    contentVersion: "1.0.0.0",
    parameters: {
      ...Object.fromEntries(parametersIn(declared).map((name) => [name, { type: "string" }])),
      ...Object.fromEntries(
        secretsOf(declared.map(({ body }) => body)).map((value) => [
          `secret-${value}`,
          { type: "secureString", defaultValue: value },
        ]),
      ),
    },
    resources: declared.map(toDeclaration),
  });
  return readJsonc(text, "main.json");
}

function toTemplateJson(value: Value): unknown {
  if (value instanceof Unknown) return `[${value.expression ?? "parameters('unknown')"}]`;
  if (value instanceof Sensitive) return `[parameters('secret-${String(value.value)}')]`;
  if (typeof value === "string" && value.startsWith("[")) return `[${value}`;
  if (isArray(value)) return value.map(toTemplateJson);
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, toTemplateJson(item)]))
    : value;
}

/** The secret texts anywhere in a value, each once. */
export function secretsOf(value: Value): readonly string[] {
  if (value instanceof Sensitive) return [String(value.value)];
  if (value instanceof Unknown) return [];
  const items = isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  return [...new Set(items.flatMap(secretsOf))];
}
