import { Unknown, type Value } from "../expression/value.ts";
import type { ChangeType } from "./change-type.ts";
import type { ResourceId } from "./resource-id.ts";

/** One resource with its body before and after the deployment, in ARM's shape (`kind`, `sku`, `identity`, `tags`, `properties` …). */
export interface PlannedResource {
  readonly id: ResourceId | Unknown;
  /** The author's own name for it (Terraform address, Pulumi URN, symbolic path), unique within the plan; else `null`. */
  readonly address: string | null;
  /** Full type, letter case as written: `Microsoft.CognitiveServices/accounts/deployments`. */
  readonly type: string;
  /** Full name, letter case as written: `account/deployment`. */
  readonly name: string | Unknown;
  readonly apiVersion: string | null;
  readonly changeType: ChangeType;
  /** The service could not say whether this change happens. It is judged as if it did. */
  readonly potential: boolean;
  /** Stands beside the deployment: informs the graph, gets no findings. */
  readonly outside: boolean;
  /** `null`: it does not exist before. Unknown: it does, and its body cannot be seen. */
  readonly before: Value;
  /** `null`: it does not exist after. Unknown: it does, and its body cannot be seen. */
  readonly after: Value;
  /** Ids of resources that must be deployed first. */
  readonly dependsOn: readonly string[];
}

/** What messages call a resource: its full name, else its address, else its type; at most 60 characters. */
export function labelOf({ name, address, type }: PlannedResource): string {
  const text = name instanceof Unknown ? (address ?? `${type} (name not known)`) : name;
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
