import { textOf, type JsonObject } from "../json.ts";
import type { ArmError } from "./errors.ts";
import { groupOf, partsOfId, type Scope } from "./scope.ts";

/** A deployment as ARM keeps it. */
export interface DeploymentRecord {
  readonly id: string;
  readonly name: string;
  readonly scope: Scope;
  readonly location: string | undefined;
  readonly mode: "Incremental" | "Complete";
  readonly tags: unknown;
  readonly parameters: JsonObject;
  readonly resources: readonly { readonly id: string; readonly type: string; readonly symbolicName?: string }[];
  provisioningState: "Accepted" | "Running" | "Succeeded" | "Failed" | "Canceled";
  outputs: JsonObject;
  error: ArmError | undefined;
  readonly timestamp: string;
  readonly correlationId: string;
}

/** What exists in Azure. Ids are compared without regard to letter case and keep the spelling they came with. */
export class ArmState {
  readonly #resources = new Map<string, JsonObject>();
  readonly #subscriptions = new Set<string>();
  readonly deployments = new Map<string, DeploymentRecord>();

  addSubscription(subscriptionId: string): void {
    this.#subscriptions.add(subscriptionId.toLowerCase());
  }

  hasSubscription(subscriptionId: string): boolean {
    return this.#subscriptions.has(subscriptionId.toLowerCase());
  }

  /** Adds a resource group, and its subscription. Returns its id. */
  addResourceGroup(subscriptionId: string, name: string, location: string): string {
    this.addSubscription(subscriptionId);
    const id = `/subscriptions/${subscriptionId}/resourceGroups/${name}`;
    const properties = { provisioningState: "Succeeded" };
    this.#resources.set(id.toLowerCase(), {
      id,
      name,
      type: "Microsoft.Resources/resourceGroups",
      location,
      properties,
    });
    return id;
  }

  /** Adds or replaces a resource. Type and name follow from the id where the body does not say them. @throws Error for an id that names no resource */
  put(resource: JsonObject & { readonly id: string }): void {
    const parts = partsOfId(resource.id);
    const isGroup = groupOf(resource.id) === resource.id.toLowerCase();
    if (parts === undefined && !isGroup) throw new Error(`no resource id: ${resource.id}`);
    const type = parts?.type ?? "Microsoft.Resources/resourceGroups";
    const name = resource.id.split("/").at(-1) ?? "";
    this.#resources.set(resource.id.toLowerCase(), { type, name, ...resource });
  }

  get(id: string): JsonObject | undefined {
    return this.#resources.get(id.toLowerCase());
  }

  /** Removes a resource with everything below it. */
  remove(id: string): void {
    const own = id.toLowerCase();
    for (const key of this.#resources.keys()) if (key === own || key.startsWith(`${own}/`)) this.#resources.delete(key);
  }

  /** Everything by id in lower case, resource groups included. */
  all(): ReadonlyMap<string, JsonObject> {
    return this.#resources;
  }

  /** The resources below `scopeId`, without resource groups, in the order in which they came. */
  below(scopeId: string): readonly JsonObject[] {
    const prefix = `${scopeId.toLowerCase()}/`;
    const found = [...this.#resources].filter(([id, body]) => id.startsWith(prefix) && !isGroup(body));
    return found.map(([, body]) => body);
  }

  groupsOf(subscriptionId: string): readonly JsonObject[] {
    const prefix = `/subscriptions/${subscriptionId}/`.toLowerCase();
    return [...this.#resources].filter(([id, body]) => id.startsWith(prefix) && isGroup(body)).map(([, body]) => body);
  }
}

function isGroup(body: JsonObject): boolean {
  return textOf(body["type"]).toLowerCase() === "microsoft.resources/resourcegroups";
}
