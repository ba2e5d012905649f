import type { Plan } from "../plan/plan.ts";
import type { RecognisedDocument } from "./detect.ts";

/** Turns one kind of document into a plan. */
export interface PlanSource {
  /** @throws GateError when the document is of the right kind and cannot be used */
  load(recognised: RecognisedDocument): Plan;
}
