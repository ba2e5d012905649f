import type { ResultRule } from "../../functions/signature.ts";
import { allTexts } from "../../functions/named-types.ts";
import {
  ANY,
  STRING,
  dictionaryOf,
  objectOf,
  type BicepType,
  type ObjectType,
  type ScopeKind,
} from "../../types/type.ts";
import type { FileContext } from "../context.ts";
import type { Call } from "./arguments.ts";

/** The types of the functions that give back a scope or the deployment itself. */
export function inferDeploymentResult(context: FileContext, { types }: Call, rule: ResultRule): BicepType {
  switch (rule) {
    case "deployment":
      return deployment(context.targetScope);
    case "tenant":
    case "managementGroup":
    case "subscription":
    case "resourceGroup": {
      // Only the scope of the deployment itself has properties.
      const body = types.length === 0 ? scopeBody(rule) : objectOf(rule, {});
      return { kind: "scope", scope: rule, argumentCount: types.length, body };
    }
    default:
      return ANY;
  }
}

function deployment(scope: ScopeKind): BicepType {
  const properties = objectOf("properties", {
    template: allTexts("templateProperties", ["contentVersion"]),
    templateLink: allTexts("templateLinkProperties", ["id", "uri"]),
  });
  return allTexts("deployment", scope === "resourceGroup" ? ["name"] : ["name", "location"], { properties });
}

/** @see https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions-scope */
function scopeBody(scope: ScopeKind): ObjectType {
  switch (scope) {
    case "tenant":
      return allTexts(scope, ["tenantId", "country", "countryCode", "displayName"]);
    case "subscription":
      return allTexts(scope, ["id", "subscriptionId", "tenantId", "displayName"]);
    case "resourceGroup":
      return allTexts(scope, ["id", "name", "type", "location", "managedBy"], {
        tags: dictionaryOf(STRING),
        properties: allTexts("properties", ["provisioningState"]),
      });
    default: {
      const details = allTexts("detailsProperties", ["version", "updatedTime", "updatedBy"], {
        parent: allTexts("parentProperties", ["id", "name", "displayName"]),
      });
      return allTexts(scope, ["id", "name", "type"], {
        properties: allTexts("properties", ["tenantId", "displayName"], { details }),
      });
    }
  }
}
