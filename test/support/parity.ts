import { isArray, isObject, Sensitive, Unknown, type Value } from "../../src/expression/value.ts";
import type { Plan, SourceId } from "../../src/plan/plan.ts";
import { planOfWhatIf } from "../../src/sources/arm/what-if.ts";
import { toBicepTemplate } from "./parity-bicep.ts";
import { planOfTemplates, toJsonTemplate } from "./parity-template.ts";
import type { Body } from "./resources.ts";
import type { Row } from "./test-rule.ts";

/** Writes a case in the language of a source and reads it back: a rule must say the same, whoever wrote the infrastructure down. */
export interface Parity {
  readonly source: SourceId;
  /** `null` where the source cannot express the case. */
  planOf(row: Row): Plan | null;
}

/** One for each source there is; a new source adds itself here and every rule table is then checked through it. */
export const PARITIES: readonly Parity[] = [
  { source: "arm-what-if", planOf: viaWhatIf },
  { source: "arm-template", planOf: (row) => planOfTemplates(row, "arm-template", toJsonTemplate) },
  { source: "bicep", planOf: (row) => planOfTemplates(row, "bicep", toBicepTemplate) },
];

function viaWhatIf(row: Row): Plan | null {
  if ([row.before, ...(row.beside ?? [])].some((body) => body !== undefined && holdsUnknown(body))) return null; // live state is known
  const subject = changeOf(row.before, row.after, row.changeType);
  const changes = [
    ...(row.potential === true ? [] : [subject]),
    ...(row.beside ?? []).map((body) => changeOf(body, body, "noChange")),
    ...(row.created ?? []).map((body) => changeOf(undefined, body)),
  ];
  const diagnostics =
    row.incomplete === true
      ? [{ level: "Warning", code: "NestedDeploymentShortCircuited", message: "not expanded", target: "nested" }]
      : [];
  return planOfWhatIf(
    {
      status: "Succeeded",
      properties: { changes, diagnostics, potentialChanges: row.potential === true ? [subject] : [] },
    },
    "whatif.json",
  );
}

function changeOf(before: Body | undefined, after: Body | undefined, changeType?: string): object {
  const type = changeType ?? (after === undefined ? "delete" : before === undefined ? "create" : "modify");
  return {
    resourceId: (after ?? before)?.id,
    changeType: type.charAt(0).toUpperCase() + type.slice(1),
    ...(before === undefined ? {} : { before: toJson(before) }),
    ...(after === undefined ? {} : { after: toJson(after) }),
  };
}

function holdsUnknown(value: Value): boolean {
  if (value instanceof Unknown) return true;
  const items = isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  return items.some(holdsUnknown);
}

/** A value as what-if writes it: an unknown as the expression it left. */
function toJson(value: Value): unknown {
  if (value instanceof Unknown) return `[${value.expression ?? "utcNow()"}]`;
  if (value instanceof Sensitive) return value.value;
  if (isArray(value)) return value.map(toJson);
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, toJson(item)]))
    : value;
}
