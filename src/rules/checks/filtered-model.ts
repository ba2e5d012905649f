import { hasTextFilters } from "../../plan/queries/models.ts";
import type { ResourceView } from "../../plan/world.ts";
import { notApplicable, open, type Outcome } from "../outcome.ts";

/** `check` for deployments of models that content filters apply to; while the model is not known, a fail is only open. */
export function checkFilteredModel(deployment: ResourceView, check: () => Outcome): Outcome {
  const filtered = hasTextFilters(deployment);
  if (filtered.state === "known") return filtered.value ? check() : notApplicable();
  const outcome = check();
  return outcome.outcome === "fail"
    ? open(filtered, { at: outcome.at, message: `${deployment.label}: its model is not known` })
    : outcome;
}
