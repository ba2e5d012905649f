import type { ErrorKind } from "../diagnostics/catalogue.ts";
import type { Notification } from "../diagnostics/notification.ts";
import type { WaiverUse } from "../findings/waiver.ts";
import type { ChangeType } from "../plan/change-type.ts";
import type { DeploymentScope, FrontEnd, Location, NotAnalysed, SourceId, StateBasis } from "../plan/plan.ts";
import type { Confidence, Severity } from "../rules/define-rule.ts";
import type { Verdict } from "../verdict/decide.ts";
import type { Policy } from "../verdict/policy.ts";
import type { Printable } from "./printable.ts";

/**
 * The report as it is written: the JSON of `--format json`, and what every other renderer reads. Unknowns, secrets and credentials are
 * already replaced, so no renderer can print one.
 */
export interface Report {
  readonly schemaVersion: "1";
  readonly tool: { readonly name: "portcullis"; readonly version: string };
  readonly verdict: Verdict;
  readonly reasons: readonly string[];
  readonly digest: string;
  readonly subject: ReportSubject;
  readonly policy: ReportPolicy;
  readonly summary: ReportSummary;
  readonly targets: readonly ReportTarget[];
  readonly findings: readonly ReportFinding[];
  readonly notifications: readonly Notification[];
  /** Every rule that ran, with the severity it ran at. */
  readonly rules: readonly { readonly id: string; readonly severity: Severity }[];
  readonly outcomes?: readonly ReportOutcome[];
}

/** What the run was about; `null` outside a pipeline. */
export interface ReportSubject {
  readonly repository: string | null;
  readonly pullRequest: number | null;
  readonly headSha: string | null;
  readonly baseSha: string | null;
}

/** The policy in force, with everything that weakens it. */
export interface ReportPolicy extends Policy {
  readonly config: string | null;
  readonly configSha: string | null;
  readonly profile: string;
  readonly rulesOff: readonly string[];
  readonly severityOverrides: readonly { readonly rule: string; readonly from: Severity; readonly to: Severity }[];
  readonly assumptions: readonly ReportAssumption[];
  readonly waiversUsed: readonly (ReportWaiver & { readonly rule: string; readonly resource: string | null })[];
}

/** Something that the configuration vouches for. */
export interface ReportAssumption {
  readonly type: string;
  readonly name: string | null;
  readonly because: string;
  readonly owner: string;
  readonly expires: string | null;
}

export interface ReportSummary {
  readonly changes: Readonly<Record<ChangeType, number>>;
  /** Fails, new or existing, neither waived nor folded. */
  readonly findings: Readonly<Record<Severity, number>>;
  readonly new: number;
  readonly existing: number;
  readonly fixed: number;
  readonly waived: number;
  readonly open: number;
}

export interface ReportTarget {
  readonly name: string;
  /** `null` when the document could not be recognised. */
  readonly source: SourceId | null;
  readonly status: "judged" | "notJudged";
  readonly error: ReportError | null;
  readonly stateBasis: StateBasis;
  readonly digest: string | null;
  readonly liveDigest: string | null;
  /** Which front end read the Bicep that the digest is taken over; `null` where there was none. */
  readonly frontEnd: FrontEnd | null;
  readonly scope: DeploymentScope | null;
  readonly coverage: ReportCoverage;
  readonly changes: readonly ReportChange[];
}

export interface ReportError {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly kind: ErrorKind;
  readonly details: readonly string[];
}

export interface ReportCoverage {
  readonly analysed: number;
  readonly notAnalysed: readonly NotAnalysed[];
  /** How many resources Microsoft's own engine expands to the same; `null` where it was not asked or gave no answer. */
  readonly secondOpinion: { readonly equal: number; readonly total: number } | null;
  readonly context: readonly { readonly read: string; readonly result: "ok" | "denied" | "skipped" }[];
}

export interface ReportChange {
  readonly resourceId: string | null;
  readonly address: string | null;
  readonly type: string;
  readonly name: string | null;
  readonly changeType: ChangeType;
  /** The service could not say whether the change happens. */
  readonly potential: boolean;
  readonly properties: readonly {
    readonly path: string;
    readonly change: "create" | "modify" | "delete";
    /** `null` when there was nothing. */
    readonly before: Printable;
    /** `null` when there is nothing. */
    readonly after: Printable;
  }[];
  readonly noise: readonly { readonly path: string; readonly reason: string }[];
}

export interface ReportResource {
  readonly id: string | null;
  readonly address: string | null;
  readonly type: string;
  readonly name: string | null;
}

/** A waiver as a finding shows it. */
export type ReportWaiver = WaiverUse;

export interface ReportFinding {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly outcome: "fail" | "open";
  /** Why it is open; `null` for a fail. */
  readonly reason: string | null;
  /** The kind of related resource that is not in sight; reports show one line per family. */
  readonly family: string | null;
  readonly state: "new" | "existing" | "fixed";
  readonly regression: boolean;
  readonly subsumedBy: string | null;
  readonly waiver: ReportWaiver | null;
  readonly fingerprint: string;
  readonly magnitude: number | null;
  /** Stops the change under the policy of the run. */
  readonly blocking: boolean;
  readonly target: string;
  readonly resource: ReportResource;
  readonly property: string;
  readonly message: string;
  readonly expected: Printable;
  readonly actual: Printable;
  readonly location: Location;
  readonly fix: ReportFix | null;
}

export interface ReportFix {
  readonly description: string;
  readonly impact: "none" | "breaking" | "irreversible";
  readonly edits: readonly { readonly path: string; readonly value: Printable }[];
  /** Replacement text for whole lines of a source file; `null` where the source has no lines. */
  readonly suggestion: {
    readonly file: string;
    readonly startLine: number;
    readonly endLine: number;
    readonly text: string;
  } | null;
}

export interface ReportOutcome {
  readonly ruleId: string;
  readonly target: string;
  readonly resource: ReportResource;
  readonly outcome: "pass" | "fail" | "open" | "notApplicable";
  readonly state: "new" | "existing" | "fixed" | null;
}
