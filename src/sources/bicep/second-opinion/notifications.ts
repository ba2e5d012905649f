import { isArray, isObject, Sensitive, Unknown, type Value } from "../../../expression/value.ts";
import type { Notification } from "../../../diagnostics/notification.ts";
import { plural } from "../../../lib/plural.ts";
import { labelOf, type PlannedResource } from "../../../plan/planned-resource.ts";
import { formatPath } from "../../../plan/property-path.ts";
import { displayValue } from "../../../render/display-value.ts";
import { SECRET_TEXT, toPrintable } from "../../../render/printable.ts";
import type { Difference, ExpansionComparison } from "./compare-expansions.ts";

/** Differences named before "and n more". */
const MAX_NAMED = 20;

/** Characters of a value that are shown. */
const MAX_VALUE_CHARS = 60;

/** Shorter secrets are parts of ordinary words. */
const MIN_SECRET_CHARS = 4;

interface Disclosure {
  /** The files read environment variables: any value may come from one, so none is shown. */
  readonly readsEnvironment: boolean;
  /** The resources of the plan, for what is secret in them. */
  readonly resources: readonly PlannedResource[];
}

/** What a report says of a comparison with Microsoft's expansion. */
export function comparisonNotifications(
  target: string,
  { equal, total, differences }: ExpansionComparison,
  disclosure: Disclosure,
): readonly Notification[] {
  const summary = {
    level: "note",
    code: "second-opinion",
    message: `${target}: ${equal} of ${total} resources equal Microsoft's expansion`,
  } as const;
  const writer = new DifferenceWriter(target, disclosure);
  const rest = differences.length - MAX_NAMED;
  const more = {
    level: "warning",
    code: "evaluators-disagree",
    message: `${target}: ${plural(rest, "further value differs", "further values differ")} from Microsoft's expansion`,
  } as const;
  return [
    summary,
    ...differences.slice(0, MAX_NAMED).map((difference) => writer.write(difference)),
    ...(rest > 0 ? [more] : []),
  ];
}

/** That there is no second opinion, and why. */
export function missingNotification(target: string, reason: string): Notification {
  return {
    level: "warning",
    code: "second-opinion-missing",
    message: `${target} was not compared with Microsoft's expansion: ${reason}`,
  };
}

class DifferenceWriter {
  readonly #target: string;
  readonly #readsEnvironment: boolean;
  readonly #secrets: readonly string[];

  constructor(target: string, { readsEnvironment, resources }: Disclosure) {
    this.#target = target;
    this.#readsEnvironment = readsEnvironment;
    this.#secrets = [...new Set(resources.flatMap(({ after }) => [...secretsIn(after)]))];
  }

  write(difference: Difference): Notification {
    const { resource, predicted, path, ours } = difference;
    const label = resource === null ? (predicted?.name ?? predicted?.type ?? "") : labelOf(resource);
    const level = ours instanceof Unknown ? "note" : "warning";
    const said =
      resource !== null && predicted !== null ? `${formatPath(path)} ${this.#values(difference)}` : only(difference);
    return { level, code: "evaluators-disagree", message: `${this.#target}: ${label}: ${said}` };
  }

  #values({ ours, theirs }: Difference): string {
    if (isSecret(ours) || isSecret(theirs)) return `differs (${SECRET_TEXT})`;
    if (this.#readsEnvironment)
      return "differs; the values are not shown, because the files read environment variables";
    return `is ${this.#show(ours)} here and ${this.#show(theirs)} in Microsoft's expansion`;
  }

  #show(value: Value | undefined): string {
    if (value === undefined) return "absent";
    const text = displayValue(value === null ? "null" : toPrintable(value), MAX_VALUE_CHARS);
    // Looked for in the whole value: what is cut off in the middle of a secret would not be found.
    const whole = typeof value === "string" ? value : JSON.stringify(toPrintable(value), bigintText);
    return this.#secrets.some((secret) => whole.includes(secret)) ? SECRET_TEXT : text;
  }
}

function only({ resource }: Difference): string {
  return resource === null
    ? "only Microsoft's expansion has this resource"
    : "Microsoft's expansion does not have this resource";
}

function isSecret(value: Value | undefined): boolean {
  return value instanceof Sensitive || (value instanceof Unknown && value.sensitive);
}

function* secretsIn(value: Value): Generator<string> {
  if (value instanceof Sensitive) {
    if (typeof value.value === "string" && value.value.length >= MIN_SECRET_CHARS) yield value.value;
  } else if (isArray(value)) for (const item of value) yield* secretsIn(item);
  else if (isObject(value)) for (const item of Object.values(value)) yield* secretsIn(item);
}

function bigintText(_name: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}
