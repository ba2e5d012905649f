import { GateError } from "../../../diagnostics/gate-error.ts";
import type { Plan } from "../../../plan/plan.ts";
import type { TemplateRequest } from "./request.ts";

/** What a template expands to. */
export interface TemplateExpansion {
  readonly plan: Plan;
  /** Linked templates that were needed and not given: load them and expand again. */
  readonly missingTemplates: readonly string[];
}

/**
 * The resources and outputs that Azure would make of a template.
 *
 * @throws GateError TEMPLATE_INVALID when Resource Manager would refuse the template, PARAMETER_INVALID when it would refuse a value,
 *   PARAMETER_MISSING when `strictParameters` is set and a required one has none
 */
export function expandTemplate(request: TemplateRequest): TemplateExpansion {
  throw new GateError("NOT_AVAILABLE", `${request.template.file.name} cannot be expanded yet`);
}
