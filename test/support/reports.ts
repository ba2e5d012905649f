import type {
  Report,
  ReportChange,
  ReportError,
  ReportFinding,
  ReportPolicy,
  ReportTarget,
} from "../../src/render/report.ts";
import { DEFAULT_POLICY } from "../../src/verdict/policy.ts";

const GROUP = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-ai";
export const ACCOUNT = "Microsoft.CognitiveServices/accounts";

/** A new fail that blocks, of a real rule, with what the test changes. */
export function reportFinding(changes: Partial<ReportFinding> = {}): ReportFinding {
  return {
    ruleId: "identity/openai-local-auth-enabled",
    severity: "high",
    confidence: "high",
    outcome: "fail",
    reason: null,
    family: null,
    state: "new",
    regression: false,
    subsumedBy: null,
    waiver: null,
    fingerprint: `v1:${"0".repeat(32)}`,
    magnitude: null,
    blocking: true,
    target: "plan.json",
    resource: { id: `${GROUP}/providers/${ACCOUNT}/aoai`, address: null, type: ACCOUNT, name: "aoai" },
    property: "properties.disableLocalAuth",
    message: "aoai accepts key-based authentication",
    expected: true,
    actual: false,
    location: {
      file: "plan.json",
      startLine: null,
      startColumn: null,
      endLine: null,
      endColumn: null,
      precision: "file",
    },
    fix: {
      description: "Turn key-based authentication off",
      impact: "breaking",
      edits: [{ path: "properties.disableLocalAuth", value: true }],
      suggestion: null,
    },
    ...changes,
  };
}

/** A property that changes. */
export function reportChange(changes: Partial<ReportChange> = {}): ReportChange {
  return {
    resourceId: `${GROUP}/providers/${ACCOUNT}/aoai`,
    address: null,
    type: ACCOUNT,
    name: "aoai",
    changeType: "modify",
    potential: false,
    properties: [{ path: "properties.disableLocalAuth", change: "modify", before: true, after: false }],
    noise: [],
    ...changes,
  };
}

/** A judged target. */
export function reportTarget(changes: Partial<ReportTarget> = {}): ReportTarget {
  return {
    name: "plan.json",
    source: "arm-what-if",
    frontEnd: null,
    status: "judged",
    error: null,
    stateBasis: "live",
    digest: `sha256:${"a".repeat(64)}`,
    liveDigest: `sha256:${"b".repeat(64)}`,
    scope: { kind: "resourceGroup", resourceGroup: "rg-ai" },
    coverage: { analysed: 1, notAnalysed: [], context: [], secondOpinion: null },
    changes: [],
    ...changes,
  };
}

/** A target that was refused. */
export function refusedTarget(name: string, error: Partial<ReportError> = {}): ReportTarget {
  return reportTarget({
    name,
    source: null,
    status: "notJudged",
    digest: null,
    liveDigest: null,
    scope: null,
    stateBasis: "none",
    coverage: { analysed: 0, notAnalysed: [], context: [], secondOpinion: null },
    error: {
      code: "SOURCE_EMPTY",
      message: `${name} is empty`,
      hint: "Run the command that writes the file again.",
      kind: "source",
      details: [],
      ...error,
    },
  });
}

/** A policy without a configuration file. */
export function reportPolicy(changes: Partial<ReportPolicy> = {}): ReportPolicy {
  return {
    ...DEFAULT_POLICY,
    config: null,
    configSha: null,
    profile: "recommended",
    rulesOff: [],
    severityOverrides: [],
    assumptions: [],
    waiversUsed: [],
    ...changes,
  };
}

/** A report, whose counts follow from its findings and changes; without findings it allows. */
export function reportFrom(changes: Partial<Report> = {}): Report {
  const findings = changes.findings ?? [];
  const targets = changes.targets ?? [reportTarget()];
  return {
    schemaVersion: "1",
    tool: { name: "portcullis", version: "1.2.3" },
    verdict: "allow",
    reasons: [],
    digest: `sha256:${"c".repeat(64)}`,
    subject: { repository: null, pullRequest: null, headSha: null, baseSha: null },
    policy: reportPolicy(),
    summary: summaryOf(findings, targets),
    notifications: [],
    rules: [{ id: "identity/openai-local-auth-enabled", severity: "high" }],
    ...changes,
    targets,
    findings,
  };
}

function summaryOf(findings: readonly ReportFinding[], targets: readonly ReportTarget[]): Report["summary"] {
  const standing = findings.filter(
    ({ state, waiver, subsumedBy }) => state !== "fixed" && waiver?.status !== "active" && subsumedBy === null,
  );
  const fails = standing.filter(({ outcome }) => outcome === "fail");
  const of = (severity: string) => fails.filter((finding) => finding.severity === severity).length;
  const changes = targets.flatMap((target) => target.changes);
  const ofType = (type: string) => changes.filter(({ changeType }) => changeType === type).length;
  return {
    changes: {
      create: ofType("create"),
      modify: ofType("modify"),
      delete: ofType("delete"),
      noChange: ofType("noChange"),
      ignore: ofType("ignore"),
      deploy: ofType("deploy"),
      unsupported: ofType("unsupported"),
    },
    findings: { critical: of("critical"), high: of("high"), medium: of("medium"), low: of("low"), info: of("info") },
    new: fails.filter(({ state }) => state === "new").length,
    existing: fails.filter(({ state }) => state === "existing").length,
    fixed: findings.filter(({ state }) => state === "fixed").length,
    waived: findings.filter(({ waiver }) => waiver?.status === "active").length,
    open: standing.length - fails.length,
  };
}
