import { describe, expect, it } from "vitest";
import { planned, planOf } from "../../../test/support/plans.ts";
import { type Body, resource } from "../../../test/support/resources.ts";
import { Unknown, type Value } from "../../expression/value.ts";
import { World } from "../world.ts";
import { workloadOf } from "./workload-identities.ts";

const PRINCIPAL = "0d7a2f3e-6f0f-4a43-9f35-0a1b2c3d4e5f";
const assignment = planned({
  after: resource("Microsoft.Authorization/roleAssignments", "r", { properties: { principalId: PRINCIPAL } }),
});
const app = (identity: Value) => resource("Microsoft.Web/sites", "app", { identity });
const own = { type: "SystemAssigned", principalId: PRINCIPAL };

/** Whose identity the assignment's principal is, after a change of an app from one body to another. */
function holderOf(before: Body | undefined, after: Body): string {
  const world = new World(planOf([assignment, planned({ before, after })]), "after");
  const [view] = world.ofType("Microsoft.Authorization/roleAssignments");
  if (view === undefined) throw new Error("the plan lost the assignment");
  const reading = workloadOf(view);
  return reading.state === "known" ? reading.value.label : reading.state;
}

describe("the workload behind a principal", () => {
  it.each([
    ["it stands in both bodies", app(own), app(own), "app"],
    ["the template does not repeat it", app(own), app({ type: "SystemAssigned" }), "app"],
    ["the template does not mention the identity", app(own), resource("Microsoft.Web/sites", "app"), "app"],
    ["it belongs to somebody else", app({ ...own, principalId: "other" }), app({ type: "SystemAssigned" }), "absent"],
    ["the app is only being created", undefined, app({ type: "SystemAssigned" }), "absent"],
    ["the body before cannot be seen", app(new Unknown("not-reported")), app({ type: "SystemAssigned" }), "unknown"],
  ])("%s", (_, before, after, holder) => {
    expect(holderOf(before, after)).toBe(holder);
  });
});
