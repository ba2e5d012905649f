import { lookUp } from "../../lib/look-up.ts";
import { sameText } from "../../lib/arm-text.ts";
import { roleDefinitionOf } from "../../plan/queries/role-assignments.ts";
import { WORKLOAD_IDENTITY_READS, workloadOf } from "../../plan/queries/workload-identities.ts";
import type { ResourceView } from "../../plan/world.ts";
import { fail, notApplicable, open, type Outcome, pass } from "../outcome.ts";

const ROLE = "properties.roleDefinitionId";
const PRINCIPAL = "properties.principalId";
const TYPE = "Microsoft.Authorization/roleAssignments";

/** What the check reads. */
export const WORKLOAD_ROLE_READS = [
  { type: TYPE, path: ROLE },
  { type: TYPE, path: PRINCIPAL },
  { type: TYPE, path: "properties.principalType" },
  ...WORKLOAD_IDENTITY_READS,
];

/** Whether a role assignment gives one of `roles` (name by definition id) to the identity of a planned workload. */
export function checkWorkloadRole(assignment: ResourceView, roles: Readonly<Record<string, string>>): Outcome {
  const workload = workloadOf(assignment);
  const principalType = assignment.properties.string("properties.principalType");
  const isPerson = principalType.state === "known" && !sameText(principalType.value, "ServicePrincipal");
  if (workload.state === "unknown" && isPerson) return notApplicable();
  const role = roleDefinitionOf(assignment);
  if (role.state === "unknown")
    return open(role, { at: ROLE, message: `${assignment.label}: the role it grants is not known` });
  const roleName = role.state === "known" ? lookUp(roles, role.value) : undefined;
  if (roleName === undefined || workload.state === "absent") return pass();
  if (workload.state === "unknown")
    return open(workload, { at: PRINCIPAL, message: `${assignment.label}: who becomes ${roleName} is not known` });
  return fail({
    at: ROLE,
    message: `${assignment.label}: the identity of ${workload.value.label} becomes ${roleName}`,
  });
}
