import type { DeploymentMode } from "../plan/join-base.ts";

/** Where a deployment goes, as far as options tell. */
export interface GivenScope {
  readonly tenantId: string | null;
  readonly subscriptionId: string | null;
  readonly resourceGroup: string | null;
  readonly managementGroup: string | null;
  readonly location: string | null;
  /** `null`: after the file. */
  readonly deploymentName: string | null;
}

/** Who reads Bicep; `auto`: the Bicep CLI for what is sent to Azure, Portcullis itself for everything else. */
export type BicepChoice = "auto" | "native" | "cli";

/** What options and inputs say of how documents are loaded. */
export interface LoadOptions {
  /** Parameter files and `NAME=VALUE` lines, in the order given. */
  readonly parameters: readonly string[];
  /** The template behind what-if results; `null` when none is given. */
  readonly template: string | null;
  readonly scope: GivenScope;
  readonly strictParameters: boolean;
  readonly bicep: BicepChoice;
  /** Folders with vendored registry modules. */
  readonly modules: readonly string[];
  /** The environment variables that files may read, those that are not set included. */
  readonly environment: ReadonlyMap<string, string | undefined>;
  readonly deploymentMode: DeploymentMode;
  /** Where the world before comes from; `null`: from nowhere. */
  readonly base: BaseOptions | null;
}

/** An earlier state of the same files. */
export interface BaseOptions {
  /** A folder, or a git revision. */
  readonly name: string;
  /** The revision whose merge base with `name` is meant; `null`: `name` itself. */
  readonly mergedInto: string | null;
  /** Whether somebody asked for it: then it must be there. */
  readonly isAsked: boolean;
  /** The value of `PATH`: where git is found. */
  readonly searchPath: string;
}
