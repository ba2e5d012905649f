import type { GenericSchema, InferOutput } from "valibot";
import type { PlannedResource } from "../plan/planned-resource.ts";
import type { ResourceView } from "../plan/world.ts";
import type { Fix, OpenFamily, Outcome } from "./outcome.ts";
import type { Selector } from "./selectors.ts";

/** Impact if the finding is true. */
export type Severity = "critical" | "high" | "medium" | "low" | "info";

/** Chance that the finding is true. Findings of low confidence never block by default. */
export type Confidence = "high" | "medium" | "low";

/** Named sets of rules. */
export type Profile = "recommended" | "strict" | "network-isolated" | "sandbox";

/** Worst first. */
export const SEVERITIES = ["critical", "high", "medium", "low", "info"] as const satisfies Severity[];

/** All built-in profiles, the default one first. */
export const PROFILES = ["recommended", "strict", "network-isolated", "sandbox"] as const satisfies Profile[];

/** Ids that other scanners give the same check. Accepted wherever a rule is named. */
export interface Equivalents {
  readonly checkov?: readonly string[];
  readonly psrule?: readonly string[];
  readonly kics?: readonly string[];
  readonly trivy?: readonly string[];
  readonly templateAnalyzer?: readonly string[];
  readonly bicep?: readonly string[];
}

/** Everything that documentation, SARIF, the catalogue and the runner need to know of a rule without running it. */
export interface RuleMetadata<Options extends GenericSchema = GenericSchema> {
  /** `area/name`, permanent; also the file name and the documentation page. */
  readonly id: string;
  /** Former ids, accepted wherever the id is. */
  readonly aliases?: readonly string[];
  readonly title: string;
  /** What an attacker, an outage or a bill does with it. */
  readonly rationale: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** Product version, `1.0.0`. */
  readonly introducedIn: string;
  readonly appliesTo: Selector;
  /** What the service does when the property is not set, and therefore the outcome. */
  readonly whenAbsent?: string;
  readonly profiles: readonly Profile[];
  readonly topics: readonly string[];
  readonly standards?: {
    readonly mcsb?: readonly string[];
    readonly azurePolicy?: readonly string[];
    readonly owaspLlm?: readonly string[];
  };
  readonly equivalents?: Equivalents;
  /** First-party pages behind the facts. */
  readonly sources: readonly string[];
  /** Every ARM type and path the rule looks at: `[]` for array members, `*` for map values. */
  readonly reads: readonly { readonly type: string; readonly path: string }[];
  readonly fix?: Fix;
  /** Rules whose finding on the same resource this one says better. */
  readonly subsumes?: readonly string[];
  /** The family of related resources that `open` outcomes of this rule miss. */
  readonly family?: OpenFamily;
  /** Schema of the rule's options. */
  readonly options?: Options;
  /** The rule says nothing until its options are configured. */
  readonly needsOptions?: boolean;
}

/** Judges a resource as it stands in one world; run on both. Total: never throws because of what a plan contains. */
export type Check<Options> = (resource: ResourceView, options: Options) => Outcome | readonly Outcome[];

/** What happens to one resource: for rules about the transition itself, whose findings are always new. */
export interface Transition {
  readonly resource: PlannedResource;
  /** `undefined`: it does not exist before. */
  readonly before: ResourceView | undefined;
  /** `undefined`: it does not exist after. */
  readonly after: ResourceView | undefined;
}

/** Judges what happens to a resource. */
export type CheckTransition<Options> = (transition: Transition, options: Options) => Outcome | readonly Outcome[];

/** One checkable requirement with its metadata. */
export type Rule = RuleMetadata &
  (
    | { readonly check: Check<never>; readonly checkTransition?: undefined }
    | { readonly check?: undefined; readonly checkTransition: CheckTransition<never> }
  );

type Definition<Options extends GenericSchema> = RuleMetadata<Options> &
  (
    | { readonly check: Check<InferOutput<Options>>; readonly checkTransition?: undefined }
    | { readonly check?: undefined; readonly checkTransition: CheckTransition<InferOutput<Options>> }
  );

/** Gives a rule its type; options reach `check` as its own schema describes them. */
export function defineRule<Options extends GenericSchema = GenericSchema<unknown, Readonly<Record<string, never>>>>(
  rule: Definition<Options>,
): Rule {
  return rule;
}
