import type { ResourceView } from "../world.ts";
import { ABSENT, known, type Reading } from "../reading.ts";

/**
 * Built-in roles that hand out or hold control over everything else, by definition id.
 *
 * @see https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/privileged
 */
export const PRIVILEGED_ROLES: Readonly<Record<string, string>> = {
  "8e3af657-a8ff-443c-a75c-2fe8c4bcb635": "Owner",
  "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9": "User Access Administrator",
  "f58310d9-a9f6-439a-9e8d-f62e7b41a168": "Role Based Access Control Administrator",
};

/** The built-in role Contributor. */
export const CONTRIBUTOR_ROLE: Readonly<Record<string, string>> = {
  "b24988ac-6180-42a0-ab88-20f7382dd24c": "Contributor",
};

const GUID = /(?<guid>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/gi;

/**
 * The GUID of the role definition that an assignment grants, in lower case. Read from the id, or from the last GUID of an expression that
 * builds it (`subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'GUID')`).
 */
export function roleDefinitionOf(assignment: ResourceView): Reading<string> {
  const reading = assignment.properties.string("properties.roleDefinitionId");
  if (reading.state === "absent") return ABSENT;
  const text = reading.state === "known" ? reading.value : (reading.expression ?? "");
  const guid = [...text.matchAll(GUID)].at(-1)?.groups?.["guid"];
  if (guid !== undefined) return known(guid.toLowerCase());
  return reading.state === "known" ? known(reading.value.toLowerCase()) : reading;
}
