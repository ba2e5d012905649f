import picomatch from "picomatch";
import { GateError } from "../diagnostics/gate-error.ts";
import type { HostInputs } from "../inputs/parse-host-inputs.ts";
import type { DeploymentScope } from "../plan/plan.ts";
import type { BicepCompiler, SourceTree } from "../ports.ts";
import { type LiveRequest, loadLive } from "../sources/arm/live-what-if.ts";
import { type LoadedTargets, loadTargets } from "../sources/load-targets.ts";
import type { GateHost } from "./gate-host.ts";

interface TargetRequest {
  readonly host: GateHost;
  readonly inputs: HostInputs;
  readonly tree: SourceTree;
  readonly compiler: BicepCompiler;
}

/** The targets that the inputs name: ready plan documents, and the template to ask Azure about. */
export async function loadGateTargets(request: TargetRequest, signal: AbortSignal): Promise<LoadedTargets> {
  const { host, inputs, tree, compiler } = request;
  const plans = await expandGlobs(inputs.lines("plan"), tree);
  const template = inputs.value("template");
  if (plans.length === 0 && template === undefined) {
    throw new GateError("USAGE", "neither template nor plan is given", {
      hint: "Set the input template to a Bicep or ARM file, or plan to ready plan documents.",
    });
  }
  const loaded = await loadTargets(plans, tree, signal);
  if (template === undefined) return loaded;
  if (isOffline(host, inputs)) {
    throw new GateError("NOT_AVAILABLE", "evaluating a template offline is not available yet", {
      hint: "Run the check where the job can sign in, or give a saved what-if as `plan`.",
    });
  }
  const arm = await host.arm(inputs);
  const live = await loadLive(liveRequest(host, inputs, template), { tree, compiler, arm }, signal);
  return { targets: [...loaded.targets, live], notifications: loaded.notifications };
}

function isOffline(host: GateHost, inputs: HostInputs): boolean {
  const offline = inputs.value("offline");
  return offline === "true" || (offline !== "false" && host.isUntrusted);
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
