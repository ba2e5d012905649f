import type { Plan } from "../../src/plan/plan.ts";
import type { LoadOptions } from "../../src/sources/load-options.ts";
import { type LoadedTargets, loadTargets } from "../../src/sources/load-targets.ts";
import { memoryTree } from "./fakes.ts";
import { loadContext } from "./load-context.ts";

/** Files of a repository, by path. */
export type Files = Readonly<Record<string, string>>;

/** A JSON template; what it has beside `resources` can be given. */
export function templateJson(resources: readonly object[], rest: object = {}): string {
  return JSON.stringify({
    $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    contentVersion: "1.0.0.0",
    ...rest,
    resources,
  });
}

/** A storage account in a JSON template: the smallest thing with a name and a property. */
export function storage(name: string, properties: object = {}): object {
  return {
    type: "Microsoft.Storage/storageAccounts",
    apiVersion: "2023-01-01",
    name,
    location: "westeurope",
    properties,
  };
}

/** The same in Bicep. */
export function storageBicep(name: string, properties = "{}"): string {
  return `resource store 'Microsoft.Storage/storageAccounts@2023-01-01' = {
  name: ${name}
  location: 'westeurope'
  properties: ${properties}
}
`;
}

/** What the operands come to in a repository with the files. */
export function loadFrom(
  files: Files,
  operands: readonly string[],
  options: Partial<LoadOptions> = {},
): Promise<LoadedTargets> {
  return loadTargets(operands, loadContext(memoryTree(files), options));
}

/** The plan of the only target. */
export async function planFrom(files: Files, operand: string, options: Partial<LoadOptions> = {}): Promise<Plan> {
  const { targets } = await loadFrom(files, [operand], options);
  const [target, ...others] = targets;
  if (target?.plan == null || others.length > 0) throw target?.error ?? new Error(`${targets.length} targets`);
  return target.plan;
}

/** `CODE: message` of the refusal of the only target. */
export async function refusalOf(files: Files, operand: string, options: Partial<LoadOptions> = {}): Promise<string> {
  const { targets } = await loadFrom(files, [operand], options);
  const error = targets[0]?.error;
  return error == null ? "accepted" : `${error.code}: ${error.message}`;
}
