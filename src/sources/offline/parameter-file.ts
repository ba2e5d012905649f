import { GateError } from "../../diagnostics/gate-error.ts";
import { Unknown } from "../../expression/value.ts";
import { placeOf } from "../arm/template/refusal.ts";
import { type MemberNode, type TemplateNode, valueOf } from "../arm/template/node.ts";
import { readJsonc } from "../arm/template/read-jsonc.ts";
import { toJson } from "../arm/template/to-json.ts";
import type { GivenParameter, GivenParameters } from "../arm/template/request.ts";
import { plainValue } from "./plain-value.ts";

/**
 * The values in a JSON parameter file, each with the place it is written at. What lies in a vault is unknown.
 *
 * @throws GateError PARAMETER_INVALID, or what reading JSON throws
 * @see https://learn.microsoft.com/azure/azure-resource-manager/templates/parameter-files
 */
export function readParameterFile(text: string, name: string): GivenParameters {
  const root = readJsonc(text, name);
  const parameters = valueOf(root, "parameters") ?? bareParameters(root);
  if (parameters?.kind !== "object")
    throw new GateError("PARAMETER_INVALID", `${name} is not a parameter file: it has no object "parameters"`);
  return new Map([...parameters.members.values()].map((member) => [member.name, givenBy(member)]));
}

/** Azure's command line takes the inner object of a parameter file, too. */
function bareParameters(root: TemplateNode): TemplateNode | undefined {
  if (root.kind !== "object" || root.members.size === 0) return undefined;
  const members = [...root.members.values()];
  return members.every(({ value }) => (valueOf(value, "value") ?? valueOf(value, "reference")) !== undefined)
    ? root
    : undefined;
}

function givenBy(member: MemberNode): GivenParameter {
  const node = valueOf(member.value, "value");
  if (node !== undefined) return { value: plainValue(node), node };
  const expression = `parameters('${member.name.replaceAll("'", "''")}')`;
  const reference = valueOf(member.value, "reference");
  if (reference !== undefined && isVaultReference(reference))
    return {
      value: new Unknown("key-vault", expression, { sensitive: true }),
      node: reference,
      reference: toJson(reference),
    };
  // What a parameters file of Bicep compiles to when the caller of the deployment has to supply a part
  if (valueOf(member.value, "expression") !== undefined)
    return { value: new Unknown("external", expression), node: member.value };
  throw new GateError(
    "PARAMETER_INVALID",
    `${placeOf(member)}: parameter ${member.name} has neither a value nor a Key Vault reference`,
  );
}

function isVaultReference(node: TemplateNode): boolean {
  return isText(valueOf(valueOf(node, "keyVault"), "id")) && isText(valueOf(node, "secretName"));
}

function isText(node: TemplateNode | undefined): boolean {
  return node?.kind === "text" || (node?.kind === "scalar" && typeof node.value === "string");
}
