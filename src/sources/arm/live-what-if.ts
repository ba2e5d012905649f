import { GateError } from "../../diagnostics/gate-error.ts";
import { type Declaration, fileLocation, type DeploymentScope, type Plan } from "../../plan/plan.ts";
import type { Arm, BicepCompiler, DeploymentParameters, SourceTree } from "../../ports.ts";
import { readDocument } from "../document.ts";
import { type LoadedTarget, toGateError } from "../loaded-target.ts";
import { deploymentNameOf } from "./deployment-name.ts";
import { isJsonObject, type Json } from "./json.ts";
import { parseParameterFile, readParameters } from "./parameters.ts";
import { semanticContent } from "./template/declaration.ts";
import { planOfWhatIf } from "./what-if.ts";

/** A deployment to ask Azure about. */
export interface LiveRequest {
  readonly template: string;
  /** Parameter files and `NAME=VALUE` lines. */
  readonly parameters: readonly string[];
  readonly scope: DeploymentScope;
  readonly location: string | null;
  /** `null`: after the template file. */
  readonly deploymentName: string | null;
  readonly mode: "Incremental" | "Complete";
  readonly validationLevel: string;
}

interface LivePorts {
  readonly arm: Arm;
  readonly compiler: BicepCompiler;
  readonly tree: SourceTree;
}

/** Asks Azure what the deployment would do. A failure is a target with an error. */
export async function loadLive(request: LiveRequest, ports: LivePorts, signal: AbortSignal): Promise<LoadedTarget> {
  const name = ports.tree.nameOf(request.template);
  const source = /\.bicep(?:param)?$/i.test(request.template) ? "bicep" : "arm-what-if";
  try {
    const plan = await ask(request, ports, signal);
    return { name, source, plan, error: null, ...(source === "bicep" ? { frontEnd: "cli" } : {}) };
  } catch (error) {
    return { name, source, plan: null, error: toGateError(error) };
  }
}

async function ask(request: LiveRequest, ports: LivePorts, signal: AbortSignal): Promise<Plan> {
  const { template, parameters } = await prepare(request, ports, signal);
  const document = await ports.arm.whatIf(
    {
      scope: request.scope,
      deploymentName: request.deploymentName ?? deploymentNameOf(request.template),
      location: request.location,
      mode: request.mode,
      validationLevel: request.validationLevel,
      template,
      parameters,
    },
    signal,
  );
  const name = ports.tree.nameOf(request.template);
  const plan = planOfWhatIf(document, name);
  return {
    ...plan,
    scope: request.scope,
    declaration: declarationOf(template, parameters),
    locate: () => fileLocation(name),
  };
}

interface Prepared {
  readonly template: Readonly<Record<string, Json>>;
  readonly parameters: DeploymentParameters;
}

async function prepare(request: LiveRequest, { compiler, tree }: LivePorts, signal: AbortSignal): Promise<Prepared> {
  const compiled = await templateOf(request.template, { compiler, tree }, signal);
  const template = parseTemplate(compiled.template, tree.nameOf(request.template));
  const declared = isJsonObject(template["parameters"]) ? template["parameters"] : {};
  const own = compiled.parameters === null ? {} : parseParameterFile(compiled.parameters, request.template);
  const given: DeploymentParameters[] = [own];
  for (const line of request.parameters) {
    const isBicep = /\.bicepparam$/i.test(line) && !line.includes("=");
    if (!isBicep) given.push(await readParameters([line], declared, tree));
    else given.push(parseParameterFile((await compiler.compile(line, signal)).parameters ?? "", line));
  }
  return { template, parameters: Object.assign({}, ...given) };
}

async function templateOf(path: string, { compiler, tree }: Omit<LivePorts, "arm">, signal: AbortSignal) {
  if (/\.bicep(?:param)?$/i.test(path)) return compiler.compile(path, signal);
  return { template: (await readDocument(tree, path)).text, parameters: null };
}

function parseTemplate(text: string, name: string): Readonly<Record<string, Json>> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new GateError("SOURCE_NOT_JSON", `${name} is not valid JSON`, {
      cause,
      hint: "Remove comments and trailing commas, or check that the file is complete.",
    });
  }
  if (!isJsonObject(json) || !("resources" in json))
    throw new GateError("SOURCE_UNRECOGNISED", `${name} is not an ARM template`);
  return json;
}

/** What the digest is taken over: template and parameters without what a generator adds, secure values by name only. */
function declarationOf(template: Readonly<Record<string, Json>>, parameters: DeploymentParameters): Declaration {
  const declared = isJsonObject(template["parameters"]) ? template["parameters"] : {};
  const values = Object.entries(parameters).map(([name, parameter]): [string, Json] => {
    if ("reference" in parameter) return [name, { reference: { ...parameter.reference } }];
    const type = isJsonObject(declared[name]) ? declared[name]["type"] : undefined;
    const isSecure = typeof type === "string" && /^secure/i.test(type);
    return [name, isSecure ? { secureParameter: name } : { value: parameter.value }];
  });
  return { template: semanticContent(template), parameters: Object.fromEntries(values) };
}
