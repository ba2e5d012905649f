import {
  anything,
  count,
  finite,
  flag,
  listOf,
  matching,
  nullable,
  objectOf,
  oneOf,
  optional,
  type Shape,
  text,
} from "../lib/shape.ts";
import { CHANGE_TYPES } from "../plan/change-type.ts";
import { SEVERITIES } from "../rules/define-rule.ts";

const ruleId = matching(/^[a-z0-9-]{1,100}\/[a-z0-9-]{1,200}$/);
const severity = oneOf(SEVERITIES);
const digest = matching(/^sha256:[0-9a-f]{64}$/);
const state = oneOf(["new", "existing", "fixed"]);

/** Counts under the given names. */
function tally(names: readonly string[]): Shape {
  return objectOf(Object.fromEntries(names.map((name) => [name, count])));
}

const waiver = objectOf({
  reason: text,
  owner: text,
  expires: nullable(text),
  approvedBy: nullable(text),
  source: text,
  status: oneOf(["active", "proposed", "expired"]),
});

const resource = objectOf({ id: nullable(text), address: nullable(text), type: text, name: nullable(text) });

const PLACE = {
  file: nullable(text),
  startLine: nullable(count),
  startColumn: nullable(count),
  endLine: nullable(count),
  endColumn: nullable(count),
  precision: oneOf(["property", "ancestor", "resource", "file", "none"]),
};

const location = objectOf({ ...PLACE, related: optional(listOf(objectOf(PLACE))) });

const fix = objectOf({
  description: text,
  impact: oneOf(["none", "breaking", "irreversible"]),
  edits: listOf(objectOf({ path: text, value: anything })),
  suggestion: nullable(objectOf({ file: text, startLine: count, endLine: count, text })),
});

const finding = objectOf({
  ruleId,
  severity,
  confidence: oneOf(["high", "medium", "low"]),
  outcome: oneOf(["fail", "open"]),
  reason: nullable(text),
  family: nullable(text),
  state,
  regression: flag,
  subsumedBy: nullable(ruleId),
  waiver: nullable(waiver),
  fingerprint: matching(/^v1:[0-9a-f]{1,128}$/),
  magnitude: nullable(finite),
  blocking: flag,
  target: text,
  resource,
  property: text,
  message: text,
  expected: anything,
  actual: anything,
  location,
  fix: nullable(fix),
});

const change = objectOf({
  resourceId: nullable(text),
  address: nullable(text),
  type: text,
  name: nullable(text),
  changeType: oneOf(CHANGE_TYPES),
  potential: flag,
  properties: listOf(
    objectOf({ path: text, change: oneOf(["create", "modify", "delete"]), before: anything, after: anything }),
  ),
  noise: listOf(objectOf({ path: text, reason: text })),
});

const target = objectOf({
  name: text,
  source: nullable(text),
  status: oneOf(["judged", "notJudged"]),
  error: nullable(
    objectOf({
      code: matching(/^[A-Z][A-Z0-9_]{0,100}$/),
      message: text,
      hint: text,
      kind: oneOf(["configuration", "source", "authentication", "authorization", "service", "internal"]),
      details: listOf(text),
    }),
  ),
  stateBasis: oneOf(["live", "base", "baseline", "none"]),
  digest: nullable(digest),
  liveDigest: nullable(digest),
  scope: nullable(
    objectOf({
      kind: oneOf(["resourceGroup", "subscription", "managementGroup", "tenant"]),
      resourceGroup: optional(text),
    }),
  ),
  coverage: objectOf({
    analysed: count,
    notAnalysed: listOf(objectOf({ resource: text, reason: text })),
    context: listOf(objectOf({ read: text, result: oneOf(["ok", "denied", "skipped"]) })),
  }),
  changes: listOf(change),
});

const policy = objectOf({
  config: nullable(text),
  configSha: nullable(text),
  profile: text,
  failOn: oneOf(["critical", "high", "medium", "low", "never"]),
  gate: oneOf(["new", "touched", "all"]),
  onOpen: oneOf(["guard", "block", "allow"]),
  enforcement: oneOf(["block", "advise"]),
  rulesOff: listOf(text),
  severityOverrides: listOf(objectOf({ rule: text, from: severity, to: severity })),
  assumptions: listOf(
    objectOf({ type: text, name: nullable(text), because: text, owner: text, expires: nullable(text) }),
  ),
  waiversUsed: listOf(anything),
});

/** The JSON report, as far as whatever reads one relies on it. Further members may stand anywhere. */
export const reportShape: Shape = objectOf({
  schemaVersion: oneOf(["1"]),
  tool: objectOf({ name: text, version: text }),
  verdict: oneOf(["allow", "block", "undecided", "notJudged"]),
  reasons: listOf(text),
  digest,
  subject: objectOf({}),
  policy,
  summary: objectOf({
    changes: tally(CHANGE_TYPES),
    findings: tally(SEVERITIES),
    new: count,
    existing: count,
    fixed: count,
    waived: count,
    open: count,
  }),
  targets: listOf(target),
  findings: listOf(finding),
  notifications: listOf(objectOf({ level: oneOf(["error", "warning", "note"]), code: text, message: text })),
  rules: listOf(objectOf({ id: ruleId, severity })),
  outcomes: optional(listOf(objectOf({ ruleId, target: text, resource }))),
});
