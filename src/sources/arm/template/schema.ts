import type { DeploymentKind } from "../../../expression/scope.ts";

const SCHEMAS: readonly (readonly [RegExp, DeploymentKind])[] = [
  [/\/subscriptionDeploymentTemplate\.json/i, "subscription"],
  [/\/managementGroupDeploymentTemplate\.json/i, "managementGroup"],
  [/\/tenantDeploymentTemplate\.json/i, "tenant"],
  [/\/deploymentTemplate\.json/i, "resourceGroup"],
];

/** The level that a `$schema` stands for. @see https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax#template-format */
export function kindOf(schema: string): DeploymentKind | null {
  return SCHEMAS.find(([pattern]) => pattern.test(schema))?.[1] ?? null;
}
