import { looksLikeCredential } from "../../diagnostics/credentials.ts";
import { applicationSettingsOf, SETTING_READS, SETTING_TYPES } from "../../plan/queries/application-settings.ts";
import type { PropertyPath } from "../../plan/property-path.ts";
import type { UnknownReading } from "../../plan/reading.ts";
import { defineRule } from "../define-rule.ts";
import { fail, open, type Outcome, pass } from "../outcome.ts";
import { resourceType } from "../selectors.ts";

/** Functions that hand out keys: `listKeys`, `listAdminKeys`, `listQueryKeys`, `list`, `listSecrets` … */
const LIST_CALL = /\blist\w*\s*\(/i;

/** Functions whose results are no secrets: names, ids, addresses, what a resource shows to every reader, and what only changes those. */
const PUBLIC_CALLS = new Set(
  (
    "reference references resourceid subscriptionresourceid tenantresourceid extensionresourceid managementgroupresourceid subscription resourcegroup " +
    "managementgroup tenant environment deployment deployer pickzones utcnow newguid concat format uniquestring tolower toupper replace string guid " +
    "if equals not and or empty coalesce take skip substring split join trim padleft first last length contains startswith endswith indexof " +
    "createarray createobject union uri uricomponent base64 json int bool add sub mul div mod tryget items map filter lambda lambdavariables " +
    "flatten distinct shallowmerge null true false greater less datetimeadd datetimetoepoch"
  ).split(" "),
);

/** The older keys of AI accounts are 32 hexadecimal digits, like many other things: only together with a name that says so. */
const HEXADECIMAL_KEY = /^[0-9a-f]{32}$/i;
const TELLING_NAME = /key|secret|token/i;

/** A key where everybody who may read the configuration can read it. */
export const openaiKeyInAppSettings = defineRule({
  id: "secrets/openai-key-in-app-settings",
  title: "An application setting holds a model, search or storage key",
  rationale:
    "Every contributor can read it, it stands in the deployment history, and it works from anywhere until somebody rotates it.",
  severity: "critical",
  confidence: "high",
  introducedIn: "1.0.0",
  appliesTo: resourceType(...SETTING_TYPES),
  profiles: ["recommended", "strict", "network-isolated", "sandbox"],
  topics: ["managed-identity-and-keys", "secrets"],
  standards: { mcsb: ["IM-8"], owaspLlm: ["LLM02", "LLM10"] },
  sources: ["https://learn.microsoft.com/azure/app-service/app-service-key-vault-references"],
  reads: SETTING_READS,
  subsumes: ["secrets/containerapp-secret-inline", "secrets/listkeys-used-anywhere"],
  fix: { description: "Use the workload's managed identity and remove the setting", impact: "breaking", edits: [] },
  check(workload) {
    const settings = applicationSettingsOf(workload);
    if (settings.state === "unknown")
      return open(settings, { at: "properties", message: `${workload.label}: its settings are not known` });
    const outcomes =
      settings.state === "known" ? settings.value.map((setting) => checkSetting(setting, workload.label)) : [];
    return outcomes.length > 0 ? outcomes : pass();
  },
});

type Settings = Extract<ReturnType<typeof applicationSettingsOf>, { state: "known" }>["value"];

function checkSetting({ name, at, value }: Settings[number], label: string): Outcome {
  const short = name.state === "known" ? shorten(name.value) : "with unknown name";
  if (value.state === "absent") return pass();
  if (value.state === "known") {
    if (looksLikeCredential(value.value))
      return fail({ at, message: `${label}: setting ${short} holds a key`, sensitive: true });
    if (!HEXADECIMAL_KEY.test(value.value)) return pass();
    if (name.state === "unknown") return open(name, { at, message: `${label}: setting ${short} may hold a key` });
    return name.state === "known" && TELLING_NAME.test(name.value)
      ? fail({ at, message: `${label}: setting ${short} holds a key`, sensitive: true })
      : pass();
  }
  return checkExpression(value, { at, message: `${label}: setting ${short}` });
}

function checkExpression(value: UnknownReading, { at, message }: { at: PropertyPath; message: string }): Outcome {
  const { expression } = value;
  if (expression !== null && LIST_CALL.test(expression))
    return fail({ at, message: `${message} is filled from a list function`, sensitive: true });
  if (expression !== null && callsOnlyPublic(expression)) return pass();
  return open(value, { at, message: `${message} has a value that is not known` });
}

function shorten(name: string): string {
  return name.length > 32 ? `${name.slice(0, 31)}…` : name;
}

function callsOnlyPublic(expression: string): boolean {
  const outside = expression.replaceAll(/'(?:[^']|'')*'/g, "");
  const calls = [...outside.matchAll(/(?<call>[A-Za-z_]\w*)\s*\(/g)].map((match) =>
    (match.groups?.["call"] ?? "").toLowerCase(),
  );
  return calls.length > 0 && calls.every((call) => PUBLIC_CALLS.has(call));
}
