import type { Plan } from "../plan/plan.ts";
import type { RecognisedDocument } from "./detect.ts";
import type { DocumentContext, Entries, LoadContext, LoadedPlan, OfflineEvaluation, PlanSource } from "./source.ts";

/** The offline evaluation, loaded when the first template asks for it: a run that judges what-if results starts without it. */
export class OfflineSources implements PlanSource {
  readonly #context: LoadContext;
  #session: Promise<OfflineEvaluation> | null = null;

  constructor(context: LoadContext) {
    this.#context = context;
  }

  async load(recognised: RecognisedDocument, { folder }: DocumentContext): Promise<LoadedPlan> {
    return (await this.#evaluation()).load({ recognised, folder });
  }

  /** A what-if result joined with the template behind it. */
  async joinTemplate(whatIf: Plan, template: string): Promise<Plan> {
    return (await this.#evaluation()).joinTemplate(whatIf, template);
  }

  /** Which of the templates and Bicep files of a folder are deployed by themselves. */
  async findEntries(documents: readonly RecognisedDocument[]): Promise<Entries> {
    return (await this.#evaluation()).findEntries(documents);
  }

  #evaluation(): Promise<OfflineEvaluation> {
    this.#session ??= import("./offline/session.ts").then(({ openOffline }) => openOffline(this.#context));
    return this.#session;
  }
}
