import { textOf, type JsonObject } from "../json.ts";
import { ok, type Call, type Reply, type Route } from "../service.ts";
import type { Access } from "./access.ts";
import { unauthorised, type Principal } from "./principal.ts";
import { refusal } from "./errors.ts";
import { partsOfId } from "./scope.ts";
import type { ArmState } from "./state.ts";

interface ReadParts {
  readonly state: ArmState;
  readonly access: Access;
  readonly principalOf: (call: Call) => Principal;
}

/** Members that lists of resources show; the rest takes a GET of the resource. */
const LISTED = ["id", "name", "type", "kind", "location", "tags", "sku", "identity", "managedBy", "zones"];

/**
 * Reading what exists: lists by scope (without `properties`, as ARM gives them), single resources, collections of children.
 *
 * @see https://learn.microsoft.com/rest/api/resources/resources/list
 */
export class Reads {
  readonly #parts: ReadParts;

  constructor(parts: ReadParts) {
    this.#parts = parts;
  }

  routes(): readonly Route[] {
    const subscription = "/subscriptions/{subscription}";
    const group = `${subscription}/resourceGroups/{resourceGroup}`;
    return [
      { name: "listResources", method: "GET", path: `${subscription}/resources`, answer: (call) => this.#list(call) },
      { name: "listGroupResources", method: "GET", path: `${group}/resources`, answer: (call) => this.#list(call) },
      {
        name: "listGroups",
        method: "GET",
        path: `${subscription}/resourcegroups`,
        answer: (call) => this.#listGroups(call),
      },
      { name: "getGroup", method: "GET", path: group, answer: (call) => this.#getGroup(call) },
      { name: "getResource", method: "GET", path: "/{+id}", answer: (call) => this.#get(call) },
    ];
  }

  #list(call: Call): Reply {
    const { subscription = "", resourceGroup } = call.params;
    const scopeId = resourceGroup === undefined ? `/subscriptions/${subscription}` : this.#groupId(call);
    this.#require(call, "Microsoft.Resources/subscriptions/resources/read", scopeId);
    const type = typeFilterOf(call);
    const found = this.#parts.state
      .below(scopeId)
      .filter((resource) => type === undefined || textOf(resource["type"]).toLowerCase() === type);
    return page(call, found.map(listed));
  }

  #listGroups(call: Call): Reply {
    const subscription = call.params["subscription"] ?? "";
    this.#require(call, "Microsoft.Resources/subscriptions/resourceGroups/read", `/subscriptions/${subscription}`);
    return page(call, this.#parts.state.groupsOf(subscription));
  }

  #getGroup(call: Call): Reply {
    const id = this.#groupId(call);
    this.#require(call, "Microsoft.Resources/subscriptions/resourceGroups/read", id);
    return ok(this.#parts.state.get(id));
  }

  /** One resource, or the children of one type when the path ends with a type. */
  #get(call: Call): Reply {
    const id = call.path.replace(/\/$/u, "");
    const parts = partsOfId(id);
    if (parts === undefined) return this.#children(call, id);
    this.#require(call, `${parts.type}/read`, id);
    const resource = this.#parts.state.get(id);
    if (resource !== undefined) return ok(resource);
    const [, group = ""] = /\/resourceGroups\/([^/]+)/iu.exec(id) ?? [];
    throw refusal(
      404,
      "ResourceNotFound",
      `The Resource '${parts.type}/${parts.name}' under resource group '${group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
    );
  }

  #children(call: Call, path: string): Reply {
    const type = partsOfId(`${path}/x`)?.type;
    if (type === undefined) throw refusal(404, "NotFound", `The path '${path}' names no resource.`);
    const scopeId = path.slice(0, path.lastIndexOf("/"));
    this.#require(call, `${type}/read`, scopeId);
    const prefix = `${path.toLowerCase()}/`;
    const all = [...this.#parts.state.all()];
    const direct = all.filter(([id]) => id.startsWith(prefix) && !id.slice(prefix.length).includes("/"));
    return page(
      call,
      direct.map(([, resource]) => resource),
    );
  }

  #groupId(call: Call): string {
    const { subscription = "", resourceGroup = "" } = call.params;
    const id = `/subscriptions/${subscription}/resourceGroups/${resourceGroup}`;
    if (this.#parts.state.get(id) === undefined) {
      throw refusal(404, "ResourceGroupNotFound", `Resource group '${resourceGroup}' could not be found.`);
    }
    return id;
  }

  #require(call: Call, action: string, scopeId: string): void {
    const principal = this.#parts.principalOf(call);
    if (!this.#parts.access.allows(principal.clientId, action, scopeId)) throw unauthorised(principal, action, scopeId);
  }
}

/** The only filter that is understood: `resourceType eq 'TYPE'`. */
function typeFilterOf(call: Call): string | undefined {
  const filter = call.query.get("$filter");
  if (filter === null) return undefined;
  const type = /^resourceType eq '(?<type>[^']+)'$/iu.exec(filter)?.groups?.["type"];
  if (type === undefined)
    throw refusal(400, "InvalidFilterInQueryString", `Invalid $filter '${filter}' specified in the query string.`);
  return type.toLowerCase();
}

function listed(resource: JsonObject): JsonObject {
  return Object.fromEntries(LISTED.filter((name) => name in resource).map((name) => [name, resource[name]]));
}

/** One page of `$top` items (at most and by default 1,000) with a link to the next. */
function page(call: Call, items: readonly unknown[]): Reply {
  const top = Math.min(Number(call.query.get("$top") ?? 1000), 1000);
  const start = Number(call.query.get("$skiptoken") ?? 0);
  const value = items.slice(start, start + top);
  if (start + top >= items.length) return ok({ value });
  const next = new URLSearchParams(call.query);
  next.set("$skiptoken", String(start + top));
  return ok({ value, nextLink: `${call.origin}${call.path}?${next.toString()}` });
}
