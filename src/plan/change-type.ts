/**
 * What the deployment does to a resource, in ARM's words.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/templates/deploy-what-if#change-types
 */
export type ChangeType = "create" | "modify" | "delete" | "noChange" | "ignore" | "deploy" | "unsupported";

/** All change types, in the order in which reports list them. */
export const CHANGE_TYPES = [
  "create",
  "modify",
  "delete",
  "noChange",
  "ignore",
  "deploy",
  "unsupported",
] as const satisfies ChangeType[];

/** Whether the deployment writes a resource with this change type, as far as can be told. */
export function isWritten(changeType: ChangeType): boolean {
  return changeType === "create" || changeType === "modify" || changeType === "deploy" || changeType === "unsupported";
}
