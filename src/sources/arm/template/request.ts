import type { ArmValue } from "../../../expression/arm-value.ts";
import type { TemplateValue } from "../../../expression/template-value.ts";
import type { DeploymentKind } from "../../../expression/scope.ts";
import type { SourceId } from "../../../plan/plan.ts";
import type { TemplateNode } from "./node.ts";

/** A parameter's value from outside of the template. */
export interface GivenParameter {
  /** Plain data: texts in it are no expressions. Unknown for what only a vault or the caller's machine knows. */
  readonly value: ArmValue;
  /** Where the value is written; `null` for the command line. */
  readonly node: TemplateNode | null;
  /** The reference to the vault that holds the value: vault, secret name and version. */
  readonly reference?: TemplateValue;
}

/** Values by parameter name, as written. */
export type GivenParameters = ReadonlyMap<string, GivenParameter>;

/** Where the deployment goes, as far as the options tell. What is `null` is unknown with reason `scope`. */
export interface ScopeOptions {
  /** `null`: what the template's `$schema` says. */
  readonly kind: DeploymentKind | null;
  readonly tenantId: string | null;
  readonly subscriptionId: string | null;
  readonly resourceGroup: string | null;
  readonly managementGroup: string | null;
  /** Of the resource group, or of the deployment at the other levels. */
  readonly location: string | null;
  /** `deployment().name` */
  readonly deploymentName: string | null;
}

/** A template to expand, and everything from outside that it can depend on. */
export interface TemplateRequest {
  readonly source: Extract<SourceId, "arm-template" | "bicep">;
  readonly template: TemplateNode;
  /** In the order given: what comes later wins. */
  readonly parameters: readonly GivenParameters[];
  readonly scope: ScopeOptions;
  /** Whether a required parameter without a value is an error instead of an unknown. */
  readonly strictParameters: boolean;
  /** Templates that nested deployments link to, by path relative to the template's folder. */
  readonly linkedTemplates: ReadonlyMap<string, TemplateNode>;
}
