import { toValue } from "../../expression/convert.ts";
import type { Value } from "../../expression/value.ts";
import type { ExpansionRequest, ExpansionScope } from "../../ports.ts";
import type { ScopeOptions } from "../arm/template/request.ts";
import type { SourceDocument } from "../document.ts";
import type { Evaluated } from "./template-loader.ts";

interface Expanded {
  readonly from: NonNullable<Evaluated["from"]>;
  readonly scope: ScopeOptions;
  /** Whether there are parameters besides those of the file itself. */
  readonly isGiven: boolean;
}

/** What to ask Microsoft's engine, so that it expands the same target. */
export function expansionRequest(document: SourceDocument, { from, scope, isGiven }: Expanded): ExpansionRequest {
  const { prepared, given } = from;
  if (prepared.own !== null && !isGiven) return { path: document.path, parameters: null, scope: scopeOf(scope) };
  const parameters = new Map<string, Value>();
  const names = new Map<string, string>();
  for (const values of given) {
    for (const [name, { value }] of values) {
      const first = names.get(name.toLowerCase()) ?? name;
      names.set(name.toLowerCase(), first);
      parameters.set(first, toValue(value));
    }
  }
  return { path: prepared.path, parameters, scope: scopeOf(scope) };
}

function scopeOf(scope: ScopeOptions): ExpansionScope {
  const { tenantId, subscriptionId, resourceGroup, location, deploymentName, managementGroup } = scope;
  const all = { tenantId, subscriptionId, managementGroupId: managementGroup, resourceGroup, location, deploymentName };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}
