import type { DeploymentScope, ScopeText } from "../scope.ts";
import { Unknown } from "../value.ts";

/** The subscription's id, as a text or as the unknown `subscription().subscriptionId`. */
export function subscriptionId(deployment: DeploymentScope): string | Unknown {
  return given(deployment.subscriptionId, "subscription().subscriptionId", "{subscription}");
}

/** The resource group's name, as a text or as the unknown `resourceGroup().name`. */
export function resourceGroupName(deployment: DeploymentScope): string | Unknown {
  return given(deployment.resourceGroup, "resourceGroup().name", "{resourceGroup}");
}

/** The management group's name, as a text or as the unknown `managementGroup().name`. */
export function managementGroupName(deployment: DeploymentScope): string | Unknown {
  return given(deployment.managementGroup, "managementGroup().name", "{managementGroup}");
}

/** The tenant's id, as a text or as the unknown `tenant().tenantId`. */
export function tenantId(deployment: DeploymentScope): string | Unknown {
  return given(deployment.tenantId, "tenant().tenantId", "{tenant}");
}

/** What was given, else an unknown with that expression. */
export function given(text: ScopeText, expression: string, placeholder?: string): string | Unknown {
  return text ?? new Unknown("scope", expression, placeholder === undefined ? {} : { placeholder });
}
