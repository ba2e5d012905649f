import type { FrontEnd, Plan, SourceId } from "../plan/plan.ts";
import type { BicepCompiler, CompilerAccess, SourceTree } from "../ports.ts";
import type { SecondOpinion } from "./bicep/second-opinion/second-opinion.ts";
import type { RecognisedDocument } from "./detect.ts";
import type { LoadOptions } from "./load-options.ts";

/** What loading a document may use besides the document. */
export interface LoadContext {
  readonly tree: SourceTree;
  readonly options: LoadOptions;
  readonly signal: AbortSignal;
  /** The Bicep CLI of the machine, looked for when it is needed. */
  readonly openCompiler: (access: CompilerAccess) => Promise<BicepCompiler>;
  /** Whether the run can ask Azure: then Microsoft's compiler may be asked, too. */
  readonly isSignedIn: boolean;
}

/** What a source makes of a document. */
export interface LoadedPlan {
  readonly plan: Plan;
  /** Which front end read the Bicep; absent where there was none to read. */
  readonly frontEnd?: FrontEnd;
  /** Microsoft's expansion of the same target, on its way. Never rejects. */
  readonly secondOpinion?: Promise<SecondOpinion>;
}

/** A context for one document. */
export interface DocumentContext extends LoadContext {
  /** The folder that was searched for the document; `null` when it was named itself. */
  readonly folder: string | null;
}

/** Turns one kind of document into a plan. */
export interface PlanSource {
  /** @throws GateError when the document is of the right kind and cannot be used */
  load(recognised: RecognisedDocument, context: DocumentContext): Promise<LoadedPlan>;
}

/** A document to evaluate, and how it came to be one. */
export interface OfflineRequest {
  readonly recognised: RecognisedDocument;
  /** The folder that was searched for it; `null` when it was named itself. */
  readonly folder: string | null;
}

/** Turns templates into plans without asking Azure. What several of them share is read once. */
export interface OfflineEvaluation {
  /** The plan of a template, Bicep file or parameters file, with the world before where a base is given. */
  load(request: OfflineRequest): Promise<LoadedPlan>;
  /** The result of a what-if joined with the template behind it. */
  joinTemplate(whatIf: Plan, template: string): Promise<Plan>;
  /** Which of the templates and Bicep files of a folder are deployed by themselves. */
  findEntries(documents: readonly RecognisedDocument[]): Entries;
}

/** What there is to deploy among some documents. */
export interface Entries {
  readonly entries: ReadonlySet<RecognisedDocument>;
  /** Compiled templates that are left out for the Bicep files they are made of. */
  readonly compiled: readonly RecognisedDocument[];
  /** Bicep files with nothing to deploy in them. */
  readonly empty: readonly RecognisedDocument[];
}

/** The sources that are evaluated offline. */
export const OFFLINE_SOURCES: ReadonlySet<SourceId> = new Set<SourceId>(["arm-template", "bicep"]);
