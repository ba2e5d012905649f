import type { Value } from "../expression/value.ts";
import type { CanonicalInput } from "../lib/canonical-json.ts";
import type { Notification } from "../diagnostics/notification.ts";
import type { PlannedResource } from "./planned-resource.ts";
import type { PropertyPath } from "./property-path.ts";

/** What kind of document a plan came from. */
export type SourceId = "arm-what-if" | "arm-template" | "bicep" | "terraform-plan" | "pulumi-preview";

/** What reads Bicep: our own front end, or Microsoft's compiler. */
export type FrontEnd = "native" | "cli";

/** Where a deployment lands. */
export interface DeploymentScope {
  readonly kind: "resourceGroup" | "subscription" | "managementGroup" | "tenant";
  readonly subscriptionId?: string;
  readonly resourceGroup?: string;
  readonly managementGroup?: string;
}

/** Something the source lists but could not look into. */
export interface NotAnalysed {
  /** Resource id, address or file: whatever names it best. */
  readonly resource: string;
  readonly reason: string;
}

/** Where the before-world of a plan comes from. */
export type StateBasis = "live" | "base" | "baseline" | "none";

/** Where something is written. Lines and columns are 1-based; `null` where the source has none. */
export interface Location {
  readonly file: string | null;
  readonly startLine: number | null;
  readonly startColumn: number | null;
  readonly endLine: number | null;
  readonly endColumn: number | null;
  /** How close the location is: the property itself, the nearest enclosing block that exists, the resource, or only the file. */
  readonly precision: "property" | "ancestor" | "resource" | "file" | "none";
  /** Where the value is used, when it is written in another place: the use of a parameter or variable. */
  readonly related?: readonly Location[];
}

/** The normalised plan of one target: every source is turned into this, and nothing after it knows the source. */
export interface Plan {
  readonly source: SourceId;
  /** `null` when neither the document nor the options tell. */
  readonly scope: DeploymentScope | null;
  readonly stateBasis: StateBasis;
  readonly resources: readonly PlannedResource[];
  readonly notAnalysed: readonly NotAnalysed[];
  readonly notifications: readonly Notification[];
  /** What the author wrote, where the source knows it apart from the resources: then the digest is taken over this. */
  readonly declaration?: Declaration;
  readonly outputs: Readonly<Record<string, { readonly type: string; readonly value: Value }>>;
  /** Where the property of the resource is written. Called only for what has a finding. */
  readonly locate: (resource: PlannedResource, path: PropertyPath) => Location;
}

/** Template and parameters as written, without what does not change what is deployed. */
export interface Declaration {
  readonly template: CanonicalInput;
  readonly parameters: CanonicalInput;
}

/** The location of a source that has no lines. */
export function fileLocation(file: string): Location {
  return { file, startLine: null, startColumn: null, endLine: null, endColumn: null, precision: "file" };
}
