import { literalText } from "../arm/template/literal.ts";
import { type TemplateNode, valueOf } from "../arm/template/node.ts";
import { isGateError } from "../../diagnostics/gate-error.ts";
import { isArray, isObject, Unknown, type Value } from "../../expression/value.ts";
import type { Plan } from "../../plan/plan.ts";
import type { PlannedResource } from "../../plan/planned-resource.ts";
import type { PropertyPath } from "../../plan/property-path.ts";
import { findMember, sameValue } from "../../plan/value-equality.ts";

/** Whether Microsoft's compiler made the template of a Bicep file. */
export function isCompiledBicep(template: TemplateNode): boolean {
  const generator = valueOf(valueOf(valueOf(template, "metadata"), "_generator"), "name");
  return /^bicep$/i.test(literalText(generator) ?? "");
}

/** Where the Bicep file of a compiled template lies, if it lies beside it. */
export function bicepBeside(template: string): string {
  return template.replace(/\.json$/i, ".bicep");
}

/**
 * `plan`, made of a compiled template, with the lines of the Bicep file that it was compiled from: those are what a reviewer changes. A property
 * that the Bicep file gives another value keeps its lines in the template. The Bicep file is read when the first line is asked for.
 *
 * @param expandBicep the plan of the Bicep file, with the same parameters @throws GateError
 */
export function withBicepLines(plan: Plan, expandBicep: () => Plan): Plan {
  let index: BicepIndex | null = null;
  const locate: Plan["locate"] = (resource, path) => {
    index ??= indexOf(expandBicep);
    const own = index.byKey.get(keyOf(resource));
    const isSame =
      own !== undefined && sameValue(valueAt(own.after, path), valueAt(resource.after ?? resource.before, path));
    return isSame && index.plan !== null ? index.plan.locate(own, path) : plan.locate(resource, path);
  };
  return { ...plan, locate };
}

/** The value at a path; of the whole body only that there is one. */
function valueAt(body: Value, path: PropertyPath): Value | undefined {
  if (path.length === 0) return null;
  let value: Value | undefined = body;
  for (const segment of path) {
    if (typeof segment === "number") value = isArray(value) ? value[segment] : undefined;
    else {
      const name: string | undefined = isObject(value) ? findMember(value, segment) : undefined;
      value = isObject(value) && name !== undefined ? value[name] : undefined;
    }
  }
  return value;
}

interface BicepIndex {
  readonly plan: Plan | null;
  readonly byKey: ReadonlyMap<string, PlannedResource>;
}

function indexOf(expandBicep: () => Plan): BicepIndex {
  try {
    const plan = expandBicep();
    return { plan, byKey: new Map(plan.resources.map((resource) => [keyOf(resource), resource])) };
  } catch (error) {
    if (!isGateError(error)) throw error;
    return { plan: null, byKey: new Map() }; // the template stands for itself
  }
}

function keyOf({ id, type, name }: PlannedResource): string {
  const text = id instanceof Unknown ? (id.expression ?? (name instanceof Unknown ? name.expression : name)) : id.key;
  return `${type.toLowerCase()} ${text ?? ""}`;
}
