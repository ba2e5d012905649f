import { Evaluator } from "../../../expression/evaluate.ts";
import { foldName } from "../../../expression/dotnet/casing.ts";
import { toValue } from "../../../expression/convert.ts";
import type { DeploymentScope as Target } from "../../../expression/scope.ts";
import type { Value } from "../../../expression/value.ts";
import { ArmObject, type ArmValue, isArmArray } from "../../../expression/arm-value.ts";
import { GateError } from "../../../diagnostics/gate-error.ts";
import type { Declaration, DeploymentScope, Plan } from "../../../plan/plan.ts";
import { type Argument, missingValue } from "./bind-parameters.ts";
import { declarationOf } from "./declaration.ts";
import { Deployment } from "./deployment.ts";
import { Expansion } from "./expansion.ts";
import type { Frame } from "./model.ts";
import type { MemberNode } from "./node.ts";
import { noteOddities } from "./oddities.ts";
import { plannedResources } from "./planned-resources.ts";
import { placeOf } from "./refusal.ts";
import type { ScopeOptions, TemplateRequest } from "./request.ts";
import { readTemplate, type Template } from "./template.ts";
import { Types } from "./types.ts";
import { templateLocator } from "./locate.ts";

/** What a template expands to. */
export interface TemplateExpansion {
  readonly plan: Plan;
  /** Linked templates that were needed and not given: load them and expand again. */
  readonly missingTemplates: readonly string[];
}

/**
 * The resources and outputs that Azure would make of a template.
 *
 * @throws GateError TEMPLATE_INVALID when Resource Manager would refuse the template, PARAMETER_INVALID when it would refuse a value,
 *   PARAMETER_MISSING when `strictParameters` is set and a required one has none
 */
export function expandTemplate(request: TemplateRequest): TemplateExpansion {
  const expansion = new Expansion(request, new Evaluator());
  const template = readTemplate(request.template, false);
  const given = givenParameters(request, template);
  expansion.givenSecrets = givenSecrets(given, template, expansion);
  const target = targetOf(request.scope, template);
  const frame = new Deployment({
    expansion,
    template,
    target,
    parent: null,
    isOuter: false,
    given,
    folder: "",
    missing: (declaration) => missingParameter(declaration, { expansion, template, request }),
  });
  const entries = plannedResources(frame);
  const outputs = outputsOf(frame);
  noteOddities(entries, expansion);
  let declaration: Declaration | undefined;
  const plan: Plan = {
    source: request.source,
    scope: scopeOf(target),
    stateBasis: "none",
    resources: entries.map(({ planned }) => planned),
    notAnalysed: expansion.notAnalysed,
    notifications: expansion.notifications,
    outputs,
    get declaration(): Declaration {
      declaration ??= declarationOf(request, template, expansion);
      return declaration;
    },
    locate: templateLocator(entries, request),
  };
  return { plan, missingTemplates: [...expansion.missingTemplates] };
}

function givenParameters(request: TemplateRequest, template: Template): ReadonlyMap<string, Argument> {
  const given = new Map<string, Argument>();
  for (const list of request.parameters) {
    for (const [name, { value, node }] of list) {
      const written = node === null ? {} : { written: { node, context: null } };
      given.set(foldName(name), { name, evaluate: () => value, ...written });
    }
  }
  const declared = new Set(template.parameters.map(({ name }) => foldName(name)));
  const undeclared = [...given].filter(([key]) => !declared.has(key)).map(([, { name }]) => `'${name}'`);
  if (undeclared.length === 0) return given;
  throw new GateError(
    "PARAMETER_INVALID",
    `${template.node.file.name} does not declare the parameters that were given: ${undeclared.join(", ")}`,
  );
}

/** The parameters whose values from outside are, or hold, secrets. */
function givenSecrets(
  given: ReadonlyMap<string, Argument>,
  template: Template,
  expansion: Expansion,
): readonly string[] {
  const types = new Types(template.node, expansion.nodes);
  return template.parameters
    .filter(({ name, value }) => given.has(foldName(name)) && types.holdsSecrets(types.of(value)))
    .map(({ name }) => name);
}

interface Missing {
  readonly expansion: Expansion;
  readonly template: Template;
  readonly request: TemplateRequest;
}

function missingParameter(declaration: MemberNode, { expansion, template, request }: Missing): ArmValue {
  const { name, value } = declaration;
  if (request.strictParameters)
    throw new GateError("PARAMETER_MISSING", `${placeOf(declaration)}: the parameter '${name}' has no value`);
  expansion.notify(
    "warning",
    "parameter-missing",
    `the parameter '${name}' has no value: what depends on it is not known`,
  );
  const types = new Types(template.node, expansion.nodes);
  return missingValue(name, types.isSecure(types.of(value)));
}

function targetOf(scope: ScopeOptions, template: Template): Target {
  const kind = scope.kind ?? template.kind ?? "resourceGroup";
  return {
    kind,
    tenantId: scope.tenantId,
    subscriptionId: kind === "resourceGroup" || kind === "subscription" ? scope.subscriptionId : null,
    resourceGroup: kind === "resourceGroup" ? scope.resourceGroup : null,
    resourceGroupLocation: kind === "resourceGroup" ? scope.location : null,
    managementGroup: kind === "managementGroup" ? scope.managementGroup : null,
    name: scope.deploymentName,
    location: kind === "resourceGroup" ? null : scope.location,
    contentVersion: template.contentVersion,
  };
}

function scopeOf({ kind, subscriptionId, resourceGroup, managementGroup }: Target): DeploymentScope {
  return {
    kind,
    ...(typeof subscriptionId === "string" ? { subscriptionId } : {}),
    ...(typeof resourceGroup === "string" ? { resourceGroup } : {}),
    ...(typeof managementGroup === "string" ? { managementGroup } : {}),
  };
}

function outputsOf(frame: Frame): Record<string, { readonly type: string; readonly value: Value }> {
  return Object.fromEntries(
    [...frame.outputs()].map(([name, { type, value }]) => [name, { type, value: toValue(declaredPart(value)) }]),
  );
}

/**
 * An output that is a resource, or all properties of one, as Microsoft's own preview shows it: with what is declared, that of a whole
 * resource under `Properties`. Rules never see outputs.
 */
function declaredPart(value: ArmValue): ArmValue {
  if (isArmArray(value)) return value.map(declaredPart);
  if (!(value instanceof ArmObject) || value.rest === null) return value;
  const properties = value.members.has("apiVersion") ? value.members.get("properties") : undefined;
  if (properties !== undefined) return ArmObject.of([["Properties", declaredPart(properties)]]);
  const members = [...value.members].map(([name, member]) => [name, declaredPart(member)] as const);
  return new ArmObject(new Map(members), { unknownNames: value.unknownNames, secretNames: value.secretNames });
}
