import { Unknown, type Value } from "../../src/expression/value.ts";
import { COMPUTE_TYPES } from "../../src/plan/queries/workload-identities.ts";
import { account, GROUP, resource } from "./resources.ts";
import type { RuleTable } from "./test-rule.ts";

const OPENAI_USER = "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd";
const PRINCIPAL = "0d7a2f3e-6f0f-4a43-9f35-0a1b2c3d4e5f";
const definition = (guid: string) => `/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/${guid}`;
const assignmentOf = (role: string) => (properties: Record<string, Value>) =>
  resource(
    "Microsoft.Authorization/roleAssignments",
    "7b1c",
    {
      properties: {
        principalType: "ServicePrincipal",
        principalId: PRINCIPAL,
        roleDefinitionId: definition(role),
        ...properties,
      },
    },
    account().id,
  );
const app = (identity: Value) => resource("Microsoft.Web/sites", "app", { identity, properties: {} });
const identity = resource("Microsoft.ManagedIdentity/userAssignedIdentities", "id", {
  properties: { principalId: PRINCIPAL },
});
const expression = (text: string) => new Unknown("unresolved-expression", text);
const computes = COMPUTE_TYPES.map((type) =>
  resource(
    type,
    type
      .split("/")
      .slice(1)
      .map((_, index) => `n${index}`)
      .join("/"),
    { identity: { principalId: "other", userAssignedIdentities: {} } },
  ),
);

/** The cases of a rule that reports `role` in the hands of a workload, and leaves `other` to another rule. Both are definition ids. */
export function workloadRoleTable(role: string, other: string): RuleTable {
  const assignment = assignmentOf(role);
  return {
    pass: [
      {
        name: "a data role",
        after: assignment({ roleDefinitionId: definition(OPENAI_USER) }),
        beside: [app({ principalId: PRINCIPAL })],
      },
      {
        name: "a role that another rule reports",
        after: assignment({ roleDefinitionId: definition(other) }),
        beside: [app({ principalId: PRINCIPAL })],
      },
      { name: "a principal that is no planned workload", after: assignment({}), beside: computes },
      { name: "an identity that nothing uses", after: assignment({}), beside: [identity] },
      { name: "no principal", after: assignment({ principalId: null }) },
    ],
    fail: [
      {
        name: "the system-assigned identity of an app",
        after: assignment({}),
        beside: [app({ principalId: PRINCIPAL })],
        at: "properties.roleDefinitionId",
      },
      {
        name: "a user-assigned identity that an app carries",
        after: assignment({}),
        beside: [identity, app({ userAssignedIdentities: { [identity.id]: {} } })],
        at: "properties.roleDefinitionId",
      },
      {
        name: "an app created in the same deployment",
        after: assignment({
          principalId: expression(
            `reference('${GROUP}/providers/Microsoft.Web/sites/app', '2024-04-01', 'full').identity.principalId`,
          ),
        }),
        created: [app({ type: "SystemAssigned" })],
        at: "properties.roleDefinitionId",
      },
      {
        name: "named by type and name",
        after: assignment({
          principalId: expression(
            "reference(resourceId('Microsoft.Web/sites', 'app'), '2024-04-01', 'full').identity.principalId",
          ),
        }),
        created: [app({ type: "SystemAssigned" })],
        at: "properties.roleDefinitionId",
      },
      {
        name: "role id built by an expression",
        after: assignment({
          roleDefinitionId: expression(`subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '${role}')`),
        }),
        beside: [app({ principalId: PRINCIPAL })],
        at: "properties.roleDefinitionId",
      },
    ],
    open: [
      {
        name: "role not known",
        after: assignment({ roleDefinitionId: expression("parameters('role')") }),
        beside: [app({ principalId: PRINCIPAL })],
        at: "properties.roleDefinitionId",
      },
      {
        name: "principal not known",
        after: assignment({ principalId: expression("parameters('principal')") }),
        at: "properties.principalId",
      },
      {
        name: "the identities of a workload are not known",
        after: assignment({}),
        beside: [app(new Unknown("not-reported"))],
        at: "properties.principalId",
      },
    ],
    notApplicable: [
      {
        name: "a group of people",
        after: assignment({ principalType: "Group", principalId: expression("parameters('admins')") }),
      },
    ],
  };
}
