import { literalText, membersOf } from "./literal.ts";
import { type Located, type MemberNode, memberOf, type ObjectNode, type TemplateNode, valueOf } from "./node.ts";
import { refuseTemplate } from "./refusal.ts";
import { TEXT_MEMBERS } from "./resource.ts";
import { kindOf } from "./schema.ts";
import { checkTypeShape, type LanguageVersion, TYPE_MEMBERS } from "./type-shape.ts";

/** ARM's limits. @see https://learn.microsoft.com/azure/azure-resource-manager/templates/best-practices#template-limits */
const MAX_PARAMETERS = 256;
const MAX_OUTPUTS = 64;

const MEMBERS_1 =
  "$schema,contentversion,apiprofile,languageversion,definitions,metadata,parameters,variables,functions,resources,outputs".split(
    ",",
  );
const MEMBERS_2 = [...MEMBERS_1, "imports", "extensions"];
const TOP_MEMBERS: Readonly<Record<LanguageVersion, ReadonlySet<string>>> = {
  "1.0": new Set(MEMBERS_1),
  "2.0": new Set(MEMBERS_2),
  experimental: new Set([...MEMBERS_2, "asserts"]),
};
const RESOURCE_MEMBERS = new Set(
  (
    "type,apiversion,name,location,dependson,tags,sku,kind,plan,identity,zones,scale,placement,condition,copy,comments,metadata,asserts," +
    "import,extension,id,extendedlocation,managedby,scope,subscriptionid,resourcegroup,existing,resources,properties,@options"
  ).split(","),
);
const RESOURCE_COPY_MEMBERS = new Set(["name", "count", "mode", "batchsize"]);
const OUTPUT_MEMBERS = new Set([...TYPE_MEMBERS, "type", "value", "condition", "copy", "metadata"]);
const OUTPUT_COPY_MEMBERS = new Set(["count", "input"]);
const PARAMETER_MEMBERS = new Set([...TYPE_MEMBERS, "type", "defaultvalue", "metadata"]);

/**
 * Checks what Resource Manager checks before it looks at anything else: the members of a template and their kinds. Found with the Bicep CLI
 * 0.49.2 by trying them.
 *
 * @throws GateError TEMPLATE_INVALID
 */
export function checkShape(node: TemplateNode): void {
  const top = objectAt(node, "the template");
  const version = versionOf(top);
  checkMembers(top, "a template", TOP_MEMBERS[version]);
  const schema = literalText(valueOf(top, "$schema")) ?? "";
  if (kindOf(schema) === null)
    refuseTemplate("the template has no $schema of a deployment template", valueOf(top, "$schema") ?? top);
  if (literalText(valueOf(top, "contentVersion")) === undefined)
    refuseTemplate("the template has no contentVersion", top);
  const definitions = valueOf(top, "definitions");
  if (definitions !== undefined && version === "1.0")
    refuseTemplate("definitions need languageVersion 2.0", definitions);
  for (const { value } of membersOf(definitions)) checkTypeShape(value, version);
  checkParameters(top, version);
  checkOutputs(top, version);
  const variables = valueOf(top, "variables");
  if (variables !== undefined && !isNull(variables)) objectAt(variables, "variables");
  checkResources(top);
}

function versionOf(top: ObjectNode): LanguageVersion {
  const text = literalText(valueOf(top, "languageVersion"));
  if (text === undefined) return "1.0";
  if (text === "2.0") return text;
  if (/^\d+\.\d+-experimental$/i.test(text)) return "experimental";
  return refuseTemplate(
    `the languageVersion '${text}' does not exist; expected 2.0`,
    valueOf(top, "languageVersion") ?? top,
  );
}

function checkParameters(top: ObjectNode, version: LanguageVersion): void {
  const parameters = declared(top, "parameters", MAX_PARAMETERS);
  for (const { name, value } of parameters) {
    const parameter = objectAt(value, `the parameter '${name}'`);
    checkMembers(parameter, `the parameter '${name}'`, PARAMETER_MEMBERS);
    checkTypeShape(parameter, version);
    if (valueOf(parameter, "nullable") !== undefined && valueOf(parameter, "defaultValue") !== undefined) {
      refuseTemplate(`the parameter '${name}' is nullable and has a default value`, parameter);
    }
  }
}

function checkOutputs(top: ObjectNode, version: LanguageVersion): void {
  for (const { name, value } of declared(top, "outputs", MAX_OUTPUTS)) {
    const output = objectAt(value, `the output '${name}'`);
    checkMembers(output, `the output '${name}'`, OUTPUT_MEMBERS);
    checkTypeShape(output, version);
    const copy = valueOf(output, "copy");
    if (copy !== undefined)
      checkMembers(objectAt(copy, "copy"), `the copy of the output '${name}'`, OUTPUT_COPY_MEMBERS);
    else if (valueOf(output, "value") === undefined) refuseTemplate(`the output '${name}' has no value`, output);
  }
}

function checkResources(parent: ObjectNode): void {
  const resources = valueOf(parent, "resources");
  if (resources === undefined || (resources.kind !== "array" && resources.kind !== "object")) {
    refuseTemplate("the template has no list of resources", resources ?? parent);
  }
  const nodes = resources.kind === "array" ? resources.elements : membersOf(resources).map(({ value }) => value);
  for (const node of nodes) checkResource(node);
}

function checkResource(node: TemplateNode): void {
  const resource = objectAt(node, "a resource");
  checkMembers(resource, "a resource", RESOURCE_MEMBERS);
  if (literalText(valueOf(resource, "type")) === undefined) refuseTemplate("a resource has no type", resource);
  const copy = valueOf(resource, "copy");
  if (copy !== undefined) {
    checkMembers(objectAt(copy, "copy"), "the copy of a resource", RESOURCE_COPY_MEMBERS);
    for (const name of ["name", "count"]) {
      if (valueOf(copy, name) === undefined) refuseTemplate(`the copy of a resource has no ${name}`, copy);
    }
  }
  checkKinds(resource);
  if (memberOf(resource, "resources") !== undefined) checkResources(resource);
}

/** Texts are written as texts or scalars; what others are, is known once they are evaluated. */
function checkKinds(resource: ObjectNode): void {
  for (const name of TEXT_MEMBERS) {
    const text = valueOf(resource, name);
    if (text?.kind === "object" || text?.kind === "array") refuseTemplate(`${name} is not a text`, text);
  }
  const dependsOn = valueOf(resource, "dependsOn");
  if (dependsOn === undefined || dependsOn.kind === "array" || isNull(dependsOn)) return;
  if (literalText(dependsOn) !== "") refuseTemplate("dependsOn is not an array", dependsOn);
}

function declared(top: ObjectNode, name: string, limit: number): readonly MemberNode[] {
  const node = valueOf(top, name);
  if (node === undefined || isNull(node)) return [];
  const members = membersOf(objectAt(node, name));
  if (members.length > limit) {
    refuseTemplate(`the template declares ${members.length} ${name}; at most ${limit} are allowed`, node);
  }
  return members;
}

function checkMembers(node: ObjectNode, what: string, known: ReadonlySet<string>): void {
  for (const member of node.members.values()) {
    if (known.has(member.name.toLowerCase())) continue;
    refuseTemplate(`could not find member '${member.name}' on ${what}`, member);
  }
}

function objectAt(node: TemplateNode, what: string): ObjectNode {
  return node.kind === "object" ? node : refuseTemplate(`${what} is not an object`, node);
}

function isNull(node: Located & { readonly kind: string }): boolean {
  return node.kind === "scalar" && "value" in node && node.value === null;
}
