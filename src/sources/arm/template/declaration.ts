import { toValue } from "../../../expression/convert.ts";
import { foldName } from "../../../expression/dotnet/casing.ts";
import { isArray, Sensitive, Unknown, type Value } from "../../../expression/value.ts";
import type { CanonicalInput } from "../../../lib/canonical-json.ts";
import { compareText } from "../../../lib/compare-text.ts";
import type { Declaration } from "../../../plan/plan.ts";
import type { ArmValue } from "../../../expression/arm-value.ts";
import type { TemplateRequest } from "./request.ts";
import type { TemplateNode } from "./node.ts";
import { type Template } from "./template.ts";
import { toJson } from "./to-json.ts";
import { Types } from "./types.ts";
import { markSecure } from "./bind-parameters.ts";
import type { Expansion } from "./expansion.ts";

/** What the digest is taken over: template and parameters without what a generator adds, secret values by name only. */
export function declarationOf(request: TemplateRequest, template: Template, expansion: Expansion): Declaration {
  const types = new Types(template.node, expansion.nodes);
  const parameters: Record<string, CanonicalInput> = Object.create(null);
  const declared = new Map(template.parameters.map((member) => [foldName(member.name), member]));
  for (const list of request.parameters) {
    for (const [name, { value, reference }] of list) {
      const declaration = declared.get(foldName(name));
      const type = declaration === undefined ? types.any : types.of(declaration.value);
      const secret = reference === undefined ? { secureParameter: name } : { reference };
      parameters[declaration?.name ?? name] =
        reference !== undefined || types.isSecure(type)
          ? secret
          : parameterJson(markSecure(value, { type, types, expression: null }));
    }
  }
  const json = nodeJson(request.template);
  const linked = [...request.linkedTemplates].map(([path, node]) => [path, nodeJson(node)] as const);
  return {
    template: linked.length === 0 ? json : { template: json, linkedTemplates: Object.fromEntries(linked) },
    parameters,
  };
}

function nodeJson(node: TemplateNode): CanonicalInput {
  return semanticContent(toJson(node));
}

/** A parameter's value with what is not known, or secret, by the expression that gives it. */
function parameterJson(value: ArmValue): CanonicalInput {
  return plainJson(toValue(value));
}

function plainJson(value: Value): CanonicalInput {
  if (value instanceof Unknown) return { unknown: value.expression ?? value.reason };
  if (value instanceof Sensitive) return { secret: value.expression };
  if (isArray(value)) return value.map(plainJson);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plainJson(member)]));
}

/**
 * `json` without what does not change what is deployed: the members that only say which tool made the template, and the order in which a
 * resource names those that it waits for, which compilers leave to chance.
 */
export function semanticContent(json: CanonicalInput): CanonicalInput {
  if (isList(json)) return json.map(semanticContent);
  if (typeof json !== "object" || json === null) return json;
  const isTemplate = Object.hasOwn(json, "resources");
  const members = Object.entries(isTemplate ? withoutGenerator(json) : json);
  return Object.fromEntries(members.map(([name, member]) => [name, memberContent(name, member)]));
}

/** A template without what its metadata say of the tool that made it; metadata that say nothing else are as good as none. */
function withoutGenerator(template: CanonicalObject): CanonicalObject {
  const { metadata, ...rest } = template;
  if (typeof metadata !== "object" || metadata === null || isList(metadata)) return template;
  const { _generator: _, ...others } = metadata;
  return Object.keys(others).length === 0 ? rest : { ...rest, metadata: others };
}

type CanonicalObject = Readonly<Record<string, CanonicalInput>>;

function memberContent(name: string, member: CanonicalInput): CanonicalInput {
  if (name !== "dependsOn" || !isList(member)) return semanticContent(member);
  const texts = member.filter((each) => typeof each === "string");
  return texts.length === member.length ? texts.sort(compareText) : semanticContent(member);
}

function isList(json: CanonicalInput): json is readonly CanonicalInput[] {
  return Array.isArray(json);
}
