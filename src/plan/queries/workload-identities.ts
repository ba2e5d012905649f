import { firstArgumentOf } from "../../expression/open-text.ts";
import { isObject, Unknown, type Value } from "../../expression/value.ts";
import { PropertyReader } from "../property-reader.ts";
import { joinableId, type ResourceId } from "../resource-id.ts";
import { ABSENT, firstUnknown, known, type Reading, unknown } from "../reading.ts";
import type { ResourceView, World } from "../world.ts";

/** Resource types that run somebody's code and can hold a managed identity. */
export const COMPUTE_TYPES = [
  "Microsoft.Web/sites",
  "Microsoft.Web/sites/slots",
  "Microsoft.App/containerApps",
  "Microsoft.App/jobs",
  "Microsoft.ContainerInstance/containerGroups",
  "Microsoft.ContainerService/managedClusters",
  "Microsoft.Compute/virtualMachines",
  "Microsoft.Compute/virtualMachineScaleSets",
  "Microsoft.ApiManagement/service",
  "Microsoft.Logic/workflows",
  "Microsoft.CognitiveServices/accounts",
  "Microsoft.CognitiveServices/accounts/projects",
  "Microsoft.MachineLearningServices/workspaces",
  "Microsoft.MachineLearningServices/workspaces/onlineEndpoints",
  "Microsoft.Search/searchServices",
];

const IDENTITY_TYPE = "Microsoft.ManagedIdentity/userAssignedIdentities";

/** What the query reads, for a rule's metadata. */
export const WORKLOAD_IDENTITY_READS = [
  ...COMPUTE_TYPES.flatMap((type) => [
    { type, path: "identity.principalId" },
    { type, path: "identity.userAssignedIdentities" },
  ]),
  { type: IDENTITY_TYPE, path: "properties.principalId" },
];

/**
 * The planned workload that acts as the principal of a role assignment: the compute resource itself (system-assigned identity), or one
 * that carries the user-assigned identity. Absent when the principal is known and belongs to no workload of the plan; unknown
 * when the principal cannot be resolved.
 *
 * @see https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/overview
 */
export function workloadOf(assignment: ResourceView): Reading<ResourceView> {
  const principal = assignment.properties.string("properties.principalId");
  if (principal.state === "absent") return ABSENT;
  if (principal.state === "known") return workloadOfPrincipal(assignment.world, principal.value);
  const holder = holderInExpression(assignment.world, principal.expression);
  return holder === undefined ? principal : workloadOfHolder(holder);
}

function workloadOfPrincipal(world: World, principalId: string): Reading<ResourceView> {
  const { byPrincipal, unresolved } = world.derive(indexPrincipals);
  const holder = byPrincipal.get(principalId.toLowerCase());
  if (holder === undefined) return unresolved ? unknown("runtime-function") : ABSENT;
  return workloadOfHolder(holder);
}

function workloadOfHolder(holder: ResourceView): Reading<ResourceView> {
  if (holder.typeKey !== IDENTITY_TYPE.toLowerCase()) return isCompute(holder) ? known(holder) : ABSENT;
  const { byIdentity, unresolved } = holder.world.derive(indexPrincipals);
  const user = holder.key === null ? undefined : byIdentity.get(holder.key);
  if (user !== undefined) return known(user);
  return unresolved ? unknown("runtime-function") : ABSENT;
}

function isCompute(view: ResourceView): boolean {
  return COMPUTE_TYPES.some((type) => type.toLowerCase() === view.typeKey);
}

interface PrincipalIndex {
  /** Compute resources and user-assigned identities by their principal id, in lower case. */
  readonly byPrincipal: ReadonlyMap<string, ResourceView>;
  /** The first compute resource that carries the user-assigned identity with this id key. */
  readonly byIdentity: ReadonlyMap<string, ResourceView>;
  /** Some compute resource or identity has a principal that cannot be told yet. */
  readonly unresolved: boolean;
}

function indexPrincipals(world: World): PrincipalIndex {
  const byPrincipal = new Map<string, ResourceView>();
  const byIdentity = new Map<string, ResourceView>();
  const readings: Reading<unknown>[] = [];
  const compute = COMPUTE_TYPES.flatMap((type) => world.ofType(type)).map((view) => ({
    view,
    path: "identity.principalId",
  }));
  const identities = world.ofType(IDENTITY_TYPE).map((view) => ({ view, path: "properties.principalId" }));
  for (const { view, path } of [...compute, ...identities]) {
    const own = principalOf(view, path);
    if (own.state === "known") byPrincipal.set(own.value.toLowerCase(), view);
    readings.push(own);
  }
  for (const { view } of compute) {
    const attached = view.properties.value("identity.userAssignedIdentities");
    for (const key of idKeysOf(attached)) byIdentity.set(key, view);
    readings.push(attached);
  }
  return { byPrincipal, byIdentity, unresolved: firstUnknown(...readings) !== undefined };
}

/** The principal of an identity. It stays while the resource does, and no template declares it: where only the body before shows it, that counts. */
function principalOf(view: ResourceView, path: string): Reading<string> {
  const own = view.properties.string(path);
  const { before } = view.resource;
  return own.state === "absent" && before !== null ? new PropertyReader(before).string(path) : own;
}

/** The keys of the identities that a map holds under their ids. */
function idKeysOf(attached: Reading<Value>): readonly string[] {
  if (attached.state !== "known" || !isObject(attached.value)) return [];
  return Object.keys(attached.value).map((id) => writtenId(id)?.key ?? id.toLowerCase());
}

/** The id in a member's name: as text, or as the expression in brackets that gives it. */
function writtenId(name: string): ResourceId | null {
  const isExpression = name.startsWith("[") && name.endsWith("]");
  return joinableId(isExpression ? new Unknown("unresolved-expression", name.slice(1, -1)) : name);
}

/** Key of the id that the first `reference(…)` of an expression asks for. */
function referencedKey(expression: string): string | null {
  const id = firstArgumentOf("REFERENCE", expression);
  return id === null ? null : (joinableId(id)?.key ?? null);
}

/** The resource whose identity an unresolved `reference(…).principalId` names, when the expression spells out its id, or type and name. */
function holderInExpression(world: World, expression: string | null): ResourceView | undefined {
  if (expression === null) return undefined;
  const byReference = world.findByKey(referencedKey(expression));
  if (byReference !== undefined) return byReference;
  const literals = [...expression.matchAll(/'(?<text>(?:[^']|'')*)'/g)].map((match) => match.groups?.["text"] ?? "");
  for (const literal of literals) {
    const byId = literal.startsWith("/") ? world.findById(literal) : undefined;
    if (byId !== undefined) return byId;
  }
  for (const [index, type] of literals.entries()) {
    if (!type.includes("/")) continue;
    const view = world.ofType(type).find(
      ({ resource }) =>
        !(resource.name instanceof Unknown) &&
        literals
          .slice(index + 1)
          .join("/")
          .startsWith(resource.name),
    );
    if (view !== undefined) return view;
  }
  return undefined;
}
