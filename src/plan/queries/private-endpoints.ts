import type { PropertyReader } from "../property-reader.ts";
import { known, type KnownReading, type UnknownReading, unknown } from "../reading.ts";
import { joinableId } from "../resource-id.ts";
import { Unknown } from "../../expression/value.ts";
import type { ResourceView, World } from "../world.ts";

const TYPE = "Microsoft.Network/privateEndpoints";
const CONNECTION_LISTS = ["properties.privateLinkServiceConnections", "properties.manualPrivateLinkServiceConnections"];

/** What private endpoint queries read, for a rule's metadata. */
export const PRIVATE_ENDPOINT_READS = CONNECTION_LISTS.map((list) => ({
  type: TYPE,
  path: `${list}[].properties.privateLinkServiceId`,
}));

/**
 * Every private endpoint that targets `resource`, in plan order. Known and empty only when the world proves that there is none;
 * unknown when an endpoint's target is, because it may be this one.
 *
 * @see https://learn.microsoft.com/azure/private-link/private-endpoint-overview
 */
export function privateEndpointsOf(resource: ResourceView): KnownReading<readonly ResourceView[]> | UnknownReading {
  const referrers = resource.world.referrers(resource, TYPE);
  const endpoints = referrers.filter((endpoint) =>
    connectionsOf(endpoint).some((connection) => targets(connection, resource)),
  );
  if (endpoints.length > 0) return known(endpoints);
  return resource.world.derive(findUnknownTarget) ?? resource.world.absence(resource);
}

function connectionsOf(endpoint: ResourceView): readonly PropertyReader[] {
  return CONNECTION_LISTS.flatMap((list) => {
    const members = endpoint.properties.members(list);
    return members.state === "known" ? members.value : [];
  });
}

function targets(connection: PropertyReader, resource: ResourceView): boolean {
  return resource.key !== null && targetKey(connection) === resource.key;
}

/** Key of what a connection leads to; `null` when nothing can be told of it. */
function targetKey(connection: PropertyReader): string | null {
  const target = connection.string("properties.privateLinkServiceId");
  if (target.state === "known") return joinableId(target.value)?.key ?? null;
  return target.state === "unknown" ? (joinableId(new Unknown(target.reason, target.expression))?.key ?? null) : null;
}

/** Why the target of some endpoint of the world cannot be told, if there is such an endpoint. */
function findUnknownTarget(world: World): UnknownReading | undefined {
  for (const endpoint of world.ofType(TYPE)) {
    for (const list of CONNECTION_LISTS) {
      const members = endpoint.properties.members(list);
      if (members.state === "unknown") return unknown(members.reason, members.expression);
    }
    for (const connection of connectionsOf(endpoint)) {
      const target = connection.value("properties.privateLinkServiceId");
      const key = targetKey(connection);
      if (target.state === "unknown" && (key === null || world.findById(key) === undefined)) return target;
    }
  }
  return undefined;
}
