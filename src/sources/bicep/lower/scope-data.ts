import type { BoundFile } from "../binder/bind-file.ts";
import type { Expression, FunctionCall, InstanceCall, ObjectLiteral } from "../syntax/ast.ts";
import { propertyOf, unwrap } from "./body.ts";
import type { ResourceInfo, ResourceTable } from "./resource-table.ts";

/** Where a resource or module is deployed to, as its `scope` says. */
export interface ScopeData {
  readonly kind: "managementGroup" | "resource" | "resourceGroup" | "subscription" | "tenant";
  readonly managementGroup?: Expression | undefined;
  readonly subscriptionId?: Expression | undefined;
  readonly resourceGroup?: Expression | undefined;
  /** The resource that is extended. */
  readonly resource?: ResourceInfo | undefined;
  /** Which one of a loop of scopes. */
  readonly index?: Expression | undefined;
}

/** Works out the scopes of the resources and modules of one file. */
export class Scopes {
  readonly #file: BoundFile;
  readonly #resources: ResourceTable;
  readonly #open = new Set<ResourceInfo>();
  readonly #byResource = new Map<ResourceInfo, ScopeData>();

  constructor(file: BoundFile, resources: ResourceTable) {
    this.#file = file;
    this.#resources = resources;
  }

  /** The scope of a resource: that of the outermost resource it belongs to. */
  ofResource(info: ResourceInfo): ScopeData {
    const root = info.ancestors[0]?.resource ?? info;
    const known = this.#byResource.get(root);
    if (known !== undefined) return known;
    this.#open.add(root);
    const scope = this.ofBody(root.body);
    this.#open.delete(root);
    this.#byResource.set(root, scope);
    return scope;
  }

  /** The scope that the body of a resource or module names; without one, the target of the file. */
  ofBody(body: ObjectLiteral | undefined): ScopeData {
    const written = propertyOf(body, "scope")?.value;
    const scope = written === undefined ? undefined : this.#read(unwrap(written));
    return scope ?? { kind: this.#file.targetScope };
  }

  #read(value: Expression): ScopeData | undefined {
    if (value.kind === "call" || value.kind === "instanceCall") return readCall(value);
    const index = value.kind === "index" ? value.index : undefined;
    const symbol = this.#file.bindings.uses.get(value.kind === "index" ? unwrap(value.base) : value);
    const resource = symbol?.kind === "declared" ? this.#resources.get(symbol) : undefined;
    return resource === undefined ? undefined : this.#ofScopeResource(resource, index);
  }

  #ofScopeResource(resource: ResourceInfo, index: Expression | undefined): ScopeData | undefined {
    // A circle of scopes is refused; here it ends at the target of the file.
    if (this.#open.has(resource.ancestors[0]?.resource ?? resource)) return undefined;
    const { subscriptionId } = this.ofResource(resource);
    switch (resource.type.toLowerCase()) {
      case "microsoft.resources/resourcegroups":
        return { kind: "resourceGroup", subscriptionId, resourceGroup: resource.name, index };
      case "microsoft.management/managementgroups":
        return { kind: "managementGroup", managementGroup: resource.name, index };
      default:
        return { kind: "resource", resource, index };
    }
  }
}

function readCall({ name, arguments: given }: FunctionCall | InstanceCall): ScopeData | undefined {
  const [first, second] = given.map(({ value }) => value);
  switch (name.name) {
    case "tenant":
      return { kind: "tenant" };
    case "managementGroup":
      return { kind: "managementGroup", managementGroup: first };
    case "subscription":
      return { kind: "subscription", subscriptionId: first };
    case "resourceGroup":
      if (second === undefined) return { kind: "resourceGroup", resourceGroup: first };
      return { kind: "resourceGroup", subscriptionId: first, resourceGroup: second };
    default:
      return undefined;
  }
}
