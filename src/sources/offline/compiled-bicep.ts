import { type GateError, isGateError } from "../../diagnostics/gate-error.ts";
import type { Notification } from "../../diagnostics/notification.ts";
import type { Plan } from "../../plan/plan.ts";
import type { PlannedResource } from "../../plan/planned-resource.ts";
import { sameValue } from "../../plan/value-equality.ts";
import { plural } from "../../lib/plural.ts";
import type { BicepCompiler } from "../../ports.ts";
import type { TemplateNode } from "../arm/template/node.ts";
import { readJsonc } from "../arm/template/read-jsonc.ts";
import type { GivenParameters } from "../arm/template/request.ts";
import type { SourceDocument } from "../document.ts";
import { readParameterFile } from "./parameter-file.ts";

/** What Microsoft's compiler makes of a Bicep file. */
export interface CompiledBicep {
  readonly template: TemplateNode;
  readonly own: GivenParameters | null;
}

/**
 * What the Bicep CLI makes of a file; the error when it cannot be asked, so that our own front end has to do.
 *
 * @throws GateError BICEP_FAILED when the compiler refuses the file
 */
export async function compileBicep(
  { path, name }: SourceDocument,
  compiler: BicepCompiler,
  signal: AbortSignal,
): Promise<CompiledBicep | GateError> {
  try {
    const { template, parameters } = await compiler.compile(path, signal);
    return {
      template: readJsonc(template, name),
      own: parameters === null ? null : readParameterFile(parameters, name),
    };
  } catch (error) {
    if (!isGateError(error) || error.code === "BICEP_FAILED") throw error;
    return error;
  }
}

/** Says that the Bicep CLI was asked for, and why our own front end read the file after all. */
export function notCompiled({ code, message }: GateError): Notification {
  return { level: "warning", code: "bicep-cli-not-used", message: `Read natively (${code}): ${message}` };
}

/**
 * The plan of what Microsoft's compiler made, with the places that only our own front end knows. Where the two front ends differ, a
 * notification says so; `native` is then only where things are written.
 */
export function withPlaces(compiled: Plan, native: Plan): Plan {
  return {
    ...compiled,
    notifications: [...compiled.notifications, ...differencesBetween(compiled, native)],
    locate: (resource, path) => native.locate(resource, path),
  };
}

function differencesBetween(compiled: Plan, native: Plan): readonly Notification[] {
  const others = new Map<string, PlannedResource[]>();
  for (const resource of native.resources) {
    const key = bodyKey(resource);
    others.set(key, [...(others.get(key) ?? []), resource]);
  }
  const different = compiled.resources.filter(
    (resource) => !sameValue(resource.after, others.get(bodyKey(resource))?.shift()?.after),
  );
  const further = [...others.values()].flat().length;
  if (different.length + further === 0) return [];
  return [
    {
      level: "warning",
      code: "front-ends-differ",
      message: `Our own reading of the Bicep differs from that of the Bicep CLI in ${plural(Math.max(different.length, further), "resource")}; the plan is the CLI's`,
    },
  ];
}

function bodyKey({ type, name }: PlannedResource): string {
  return `${type}\n${typeof name === "string" ? name : (name.expression ?? "")}`.toLowerCase();
}
