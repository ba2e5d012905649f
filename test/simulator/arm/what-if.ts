import type { JsonObject } from "../json.ts";
import { deltaOf, type PropertyChange } from "./delta.ts";
import { groupOf } from "./scope.ts";
import type { DeclaredResource } from "./template.ts";

/** One change of a what-if, in ARM's shape. */
export interface WhatIfChange {
  readonly resourceId: string;
  readonly deploymentId?: string;
  readonly symbolicName?: string;
  readonly resourceType?: string;
  readonly changeType: "Create" | "Delete" | "Ignore" | "Deploy" | "NoChange" | "Modify";
  readonly before?: JsonObject;
  readonly after?: JsonObject;
  readonly delta?: readonly PropertyChange[];
}

export interface WhatIfInput {
  readonly declared: readonly DeclaredResource[];
  /** What exists, by id in lower case. */
  readonly existing: ReadonlyMap<string, JsonObject>;
  /** The resource group of the deployment, in lower case; undefined at wider scopes. */
  readonly group: string | undefined;
  readonly mode: "Incremental" | "Complete";
  readonly resultFormat: "FullResourcePayloads" | "ResourceIdOnly";
  readonly apiVersion: string;
}

/** From this version on a change says which type its resource has. */
const WITH_RESOURCE_TYPE = "2026-06-01";

/** The changes that deploying `declared` would make to `existing`: first the template's, then what it does not mention. */
export function predict(input: WhatIfInput): readonly WhatIfChange[] {
  const changes = [...input.declared.map((resource) => declaredChange(input, resource)), ...otherChanges(input)];
  return changes.map((change) => (input.resultFormat === "ResourceIdOnly" ? idOnly(change) : change));
}

function declaredChange({ existing, apiVersion }: WhatIfInput, resource: DeclaredResource): WhatIfChange {
  const { id, type, body, symbolicName, deploymentId } = resource;
  const before = existing.get(id.toLowerCase());
  const origin = {
    resourceId: id,
    ...(deploymentId === undefined ? {} : { deploymentId }),
    ...(symbolicName === undefined ? {} : { symbolicName }),
    ...(apiVersion < WITH_RESOURCE_TYPE ? {} : { resourceType: type }),
  };
  if (before === undefined) return { ...origin, changeType: "Create", after: body };
  const shown = { apiVersion: body["apiVersion"], ...before };
  const delta = deltaOf(before, body);
  if (delta.length === 0) return { ...origin, changeType: "NoChange", before: shown, after: body };
  return { ...origin, changeType: "Modify", before: shown, after: body, delta };
}

/** Existing resources of the touched groups that the template does not declare; the groups themselves are not listed. */
function otherChanges({ declared, existing, group, mode }: WhatIfInput): readonly WhatIfChange[] {
  const ids = new Set(declared.map(({ id }) => id.toLowerCase()));
  const groups = new Set([group, ...declared.map(({ id }) => groupOf(id))]);
  const isOther = (id: string): boolean => {
    const own = groupOf(id);
    return own !== undefined && own !== id && groups.has(own) && !ids.has(id);
  };
  const others = [...existing].filter(([id]) => isOther(id));
  return others.map(([id, before]): WhatIfChange => {
    const resourceId = typeof before["id"] === "string" ? before["id"] : id;
    const isDeleted = mode === "Complete" && groupOf(id) === group;
    return isDeleted
      ? { resourceId, changeType: "Delete", before }
      : { resourceId, changeType: "Ignore", before, after: before };
  });
}

/** Without payloads ARM cannot compare, so what exists and is declared is only said to be deployed. */
function idOnly({ before: _before, after: _after, delta: _delta, ...change }: WhatIfChange): WhatIfChange {
  const isCompared = change.changeType === "Modify" || change.changeType === "NoChange";
  return isCompared ? { ...change, changeType: "Deploy" } : change;
}
