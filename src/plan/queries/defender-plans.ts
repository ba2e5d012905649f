import { Unknown } from "../../expression/value.ts";
import { sameText } from "../../lib/arm-text.ts";
import { known, type KnownReading, type UnknownReading, unknown } from "../reading.ts";
import type { ResourceView, World } from "../world.ts";

/** The resource type of Defender plans. */
export const PRICING_TYPE = "Microsoft.Security/pricings";

/** What the query and the rules around it read. */
export const AI_PLAN_READS = [{ type: PRICING_TYPE, path: "properties.pricingTier" }];

/**
 * The Defender plan for AI services of the subscription that `resource` is deployed to. Unknown when the world does not hold it: a
 * plan belongs to the subscription, so creating a resource never proves that there is none.
 *
 * @see https://learn.microsoft.com/azure/defender-for-cloud/ai-onboarding
 */
export function aiPlanOf(resource: ResourceView): KnownReading<ResourceView> | UnknownReading {
  const { id } = resource.resource;
  const subscription = id instanceof Unknown ? null : (id.subscriptionId?.toLowerCase() ?? null);
  const plan = subscription === null ? undefined : resource.world.derive(indexAiPlans).get(subscription);
  if (plan !== undefined) return known(plan);
  const absence = resource.world.absence(resource, "defender");
  return absence.state === "unknown" ? absence : unknown("absence-not-proved");
}

/** Whether a resource is the Defender plan for AI services. */
export function isAiPlan(pricing: ResourceView): boolean {
  return pricing.ownName.state === "known" && sameText(pricing.ownName.value, "AI");
}

function indexAiPlans(world: World): ReadonlyMap<string, ResourceView> {
  const plans = new Map<string, ResourceView>();
  for (const pricing of world.ofType(PRICING_TYPE)) {
    const { id } = pricing.resource;
    if (isAiPlan(pricing) && !(id instanceof Unknown) && id.subscriptionId !== null)
      plans.set(id.subscriptionId.toLowerCase(), pricing);
  }
  return plans;
}
