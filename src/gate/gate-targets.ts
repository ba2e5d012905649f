import picomatch from "picomatch";
import { GateError, isGateError } from "../diagnostics/gate-error.ts";
import type { HostInputs } from "../inputs/parse-host-inputs.ts";
import { type GivenOptions, toLoadOptions } from "../inputs/load-options.ts";
import type { DeploymentScope } from "../plan/plan.ts";
import type { BicepCompiler, SourceTree } from "../ports.ts";
import { type LiveRequest, loadLive } from "../sources/arm/live-what-if.ts";
import type { BaseOptions } from "../sources/load-options.ts";
import { type LoadedTargets, loadTargets } from "../sources/load-targets.ts";
import type { LoadedTarget } from "../sources/loaded-target.ts";
import { OfflineSources } from "../sources/offline-sources.ts";
import type { LoadContext } from "../sources/source.ts";
import type { GateHost } from "./gate-host.ts";

interface TargetRequest {
  readonly host: GateHost;
  readonly inputs: HostInputs;
  readonly tree: SourceTree;
  readonly compiler: BicepCompiler;
  readonly workingDirectory: string;
}

/** The targets that the inputs name: ready plan documents, and the template to ask Azure about or to evaluate offline. */
export async function loadGateTargets(request: TargetRequest, signal: AbortSignal): Promise<LoadedTargets> {
  const { host, inputs, tree } = request;
  const plans = await expandGlobs(inputs.lines("plan"), tree);
  const template = inputs.value("template");
  if (plans.length === 0 && template === undefined) {
    throw new GateError("USAGE", "neither template nor plan is given", {
      hint: "Set the input template to a Bicep or ARM file, or plan to ready plan documents.",
    });
  }
  const context: LoadContext = {
    tree,
    options: { ...optionsOf(host, inputs), template: null },
    signal,
    openCompiler: (access) => Promise.resolve(host.compiler({ ...access, workingDirectory: request.workingDirectory })),
    isSignedIn: !isOffline(host, inputs) && host.subscriptionOf(inputs) !== undefined,
  };
  if (template === undefined) return loadTargets(plans, context);
  if (isOffline(host, inputs)) return loadTargets([...plans, template], context);
  const loaded = await loadTargets(plans, context);
  const live = await askAzure(request, template, signal);
  return {
    targets: [...loaded.targets, await joinWithTemplate(live, template, context)],
    notifications: loaded.notifications,
  };
}

function optionsOf(host: GateHost, inputs: HostInputs) {
  return toLoadOptions(hostOptions(host, inputs), { environment: host.environment, base: baseOf(host, inputs) });
}

/** The inputs under the names that the command line gives them. */
function hostOptions(host: GateHost, inputs: HostInputs): GivenOptions {
  const value = (name: string) => {
    if (name === "subscription") return inputs.value("subscription-id") ?? host.subscriptionOf(inputs);
    return inputs.value(name === "tenant" ? "tenant-id" : name);
  };
  return { value, values: (name) => inputs.lines(name), isSet: () => false };
}

/** The base that is asked for; in a pull request by itself where the change went off from its base. */
function baseOf({ subject, environment }: GateHost, inputs: HostInputs): BaseOptions | null {
  const asked = inputs.value("base");
  const searchPath = environment("PATH") ?? "";
  if (asked !== undefined) return { name: asked, mergedInto: null, isAsked: true, searchPath };
  const { pullRequest, baseSha } = subject;
  if (pullRequest === null || baseSha === null) return null;
  return { name: baseSha, mergedInto: "HEAD", isAsked: false, searchPath };
}

function isOffline(host: GateHost, inputs: HostInputs): boolean {
  const offline = inputs.value("offline");
  return offline === "true" || (offline !== "false" && host.isUntrusted);
}

async function askAzure(
  { host, inputs, tree, compiler }: TargetRequest,
  template: string,
  signal: AbortSignal,
): Promise<LoadedTarget> {
  if (inputs.value("management-group") !== undefined)
    throw new GateError("NOT_AVAILABLE", "a what-if at the level of a management group is not available yet", {
      hint: "Set the input offline to true to evaluate the template without asking Azure.",
    });
  const arm = await host.arm(inputs);
  return loadLive(liveRequest(host, inputs, template), { tree, compiler, arm }, signal);
}

/** What Azure answered with the lines of its template. What cannot be evaluated offline is judged without them. */
async function joinWithTemplate(live: LoadedTarget, template: string, context: LoadContext): Promise<LoadedTarget> {
  const { plan } = live;
  if (plan === null) return live;
  try {
    return { ...live, plan: await new OfflineSources(context).joinTemplate(plan, template) };
  } catch (error) {
    if (!isGateError(error)) throw error;
    const message = `${live.name} cannot be evaluated offline, so findings have no lines (${error.code}): ${error.message}`;
    const notification = { level: "note", code: "template-not-joined", message } as const;
    return { ...live, plan: { ...plan, notifications: [...plan.notifications, notification] } };
  }
}

function liveRequest(host: GateHost, inputs: HostInputs, template: string): LiveRequest {
  return {
    template,
    parameters: inputs.lines("parameters"),
    scope: scopeOf(host, inputs),
    location: inputs.value("location") ?? null,
    deploymentName: inputs.value("deployment-name") ?? null,
    mode: inputs.value("deployment-mode") === "complete" ? "Complete" : "Incremental",
    validationLevel: inputs.value("validation-level") ?? "Provider",
  };
}

function scopeOf(host: GateHost, inputs: HostInputs): DeploymentScope {
  const subscriptionId = inputs.value("subscription-id") ?? host.subscriptionOf(inputs);
  if (subscriptionId === undefined)
    throw new GateError("SIGN_IN_NOT_CONFIGURED", "the input subscription-id is missing");
  const resourceGroup = inputs.value("resource-group");
  return resourceGroup === undefined
    ? { kind: "subscription", subscriptionId }
    : { kind: "resourceGroup", subscriptionId, resourceGroup };
}

/** Paths as they are; a line with `*`, `?` or braces stands for every file that matches. */
async function expandGlobs(lines: readonly string[], tree: SourceTree): Promise<readonly string[]> {
  if (!lines.some(isGlob)) return lines;
  const files = await tree.list(".");
  const paths: string[] = [];
  for (const line of lines) {
    const found = isGlob(line) ? files.filter((file) => picomatch(line, { dot: true })(tree.nameOf(file))) : [line];
    if (found.length === 0) throw new GateError("SOURCE_NOT_FOUND", `no file matches ${line}`);
    paths.push(...found);
  }
  return paths;
}

function isGlob(line: string): boolean {
  return /[*?{[]/.test(line);
}
