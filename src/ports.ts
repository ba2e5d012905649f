import type { Annotation } from "./render/annotations.ts";
import type { DeploymentScope } from "./plan/plan.ts";
import type { Value } from "./expression/value.ts";
import type { Json } from "./sources/arm/json.ts";
import type { SourceFiles } from "./sources/bicep/workspace/source-files.ts";

/** What the engine reads of the file system. Paths are as the user gave them, or as `list` returned them. */
export interface SourceTree {
  /** What stands at `path`; `undefined` when nothing does. */
  stat(path: string): Promise<FileStat | undefined>;
  /** The whole file. */
  read(path: string): Promise<Uint8Array>;
  /** Every file below a folder, sorted, version control and dependency folders left out. At most `MAX_LISTED_FILES`. */
  list(folder: string): Promise<readonly string[]>;
  /** How reports name the file: relative to the working directory, with forward slashes, wherever that is possible. */
  nameOf(path: string): string;
  /** What the file at `path` may name: files of its own repository, and nothing else. */
  surroundingsOf(path: string, access: SourceAccess): Surroundings;
}

/** What source files may read besides the files of their repository. */
export interface SourceAccess {
  /** Folders with vendored registry modules, the first one first. */
  readonly moduleFolders: readonly string[];
  /** The environment variables that may be read, those that are not set included. */
  readonly environment: ReadonlyMap<string, string | undefined>;
}

/** The files around a file, confined to the repository that it lies in. */
export interface Surroundings {
  /** The same text for all files of one repository. */
  readonly root: string;
  /** The file, below the root. */
  readonly path: string;
  /** Paths are relative to the root. */
  readonly files: SourceFiles;
  /** The path below the root as the tree knows it. */
  treePathOf(path: string): string;
}

/** Kind and size of something in the file system. */
export interface FileStat {
  readonly kind: "file" | "folder" | "other";
  readonly sizeBytes: number;
}

/** The terminal and the files that a command writes to. */
export interface CommandOutput {
  /** Standard output: only what was asked for. */
  print(text: string): void;
  /** One line on standard error. */
  note(line: string): void;
  /** Writes a whole file or nothing. */
  writeFile(path: string, text: string): Promise<void>;
  /** Characters a line of the terminal, and whether it shows colours. */
  readonly terminal: { readonly width: number; readonly colour: boolean };
}

/** The day it is. Nothing else of the time enters a run. */
export interface Clock {
  /** `YYYY-MM-DD` in UTC. */
  today(): string;
}

/** What is sent to Azure to ask what a deployment would do. */
export interface WhatIfRequest {
  readonly scope: DeploymentScope;
  readonly deploymentName: string;
  /** Required at subscription scope. */
  readonly location: string | null;
  readonly mode: "Incremental" | "Complete";
  readonly validationLevel: string;
  readonly template: Json;
  readonly parameters: DeploymentParameters;
}

/** The inner object of a parameter file. */
export interface DeploymentParameters {
  readonly [name: string]: { readonly value: Json } | { readonly reference: KeyVaultReference };
}

/** A secret that Resource Manager reads from a vault during the deployment. */
export interface KeyVaultReference {
  readonly keyVault: { readonly id: string };
  readonly secretName: string;
  readonly secretVersion?: string;
}

/** Azure Resource Manager. */
export interface Arm {
  /**
   * The result document of a what-if, as the service sent it.
   *
   * @throws GateError SIGN_IN_REFUSED, WHAT_IF_FORBIDDEN, WHAT_IF_FAILED or AZURE_UNREACHABLE
   */
  whatIf(request: WhatIfRequest, signal: AbortSignal): Promise<unknown>;
}

/** A template with its parameters, as ARM takes them. */
export interface CompiledTemplate {
  readonly template: string;
  /** The parameters of a `.bicepparam` file, as the JSON of a parameter file; `null` for a template file. */
  readonly parameters: string | null;
}

/** A deployment for Microsoft's own engine to expand. */
export interface ExpansionRequest {
  /** A `.bicepparam` file, or a template: `.bicep` or ARM JSON. */
  readonly path: string;
  /** What a template is given; unknown and secret parts stay unknown to the engine. `null` for a parameters file. */
  readonly parameters: ReadonlyMap<string, Value> | null;
  /** What the scope functions answer from; what is missing stays unknown. */
  readonly scope: ExpansionScope;
}

/** Where a deployment goes, in the words of Microsoft's engine. */
export interface ExpansionScope {
  readonly tenantId?: string;
  readonly subscriptionId?: string;
  readonly managementGroupId?: string;
  readonly resourceGroup?: string;
  readonly location?: string;
  readonly deploymentName?: string;
}

/** What Microsoft's own engine makes of a deployment. */
export interface Expansion {
  /** The text of a JSON document with `predictedResources`. */
  readonly snapshot: string;
  /** Whether the files read environment variables, so that no value in the snapshot may be shown. */
  readonly readsEnvironment: boolean;
}

/** What a compiler may read. */
export interface CompilerAccess {
  /** The repository: what lies outside of it is not read. Absolute. */
  readonly root: string;
  /** The environment variables that files may read. */
  readonly variables: readonly string[];
  /** Folders with vendored registry modules, from the working directory. */
  readonly moduleFolders: readonly string[];
}

/** A compiler to open. */
export interface CompilerRequest extends CompilerAccess {
  /** What paths start from. Absolute. */
  readonly workingDirectory: string;
}

/** Microsoft's Bicep compiler. */
export interface BicepCompiler {
  /**
   * The ARM JSON of a `.bicep` or `.bicepparam` file.
   *
   * @throws GateError BICEP_NOT_FOUND; BICEP_NOT_CONFINED when the compiler may not be started for the file; BICEP_FAILED when it refuses the
   *   file; BICEP_CLI_FAILED when it does not answer
   */
  compile(path: string, signal: AbortSignal): Promise<CompiledTemplate>;
  /** What its offline engine makes of a deployment. @throws GateError as `compile` */
  expand(request: ExpansionRequest, signal: AbortSignal): Promise<Expansion>;
}

/** The pull request that a run is about. */
export interface PullRequest {
  /** Writes the one comment with this key: a new one, or the text of the old one. */
  upsertComment(key: string, body: string, signal: AbortSignal): Promise<void>;
  /** Whether the comment with this key is there. */
  hasComment(key: string, signal: AbortSignal): Promise<boolean>;
  /** Says on the pull request's head how the run ended. */
  setStatus(status: PullRequestStatus, signal: AbortSignal): Promise<void>;
  /** A file as it is on the base of the pull request; `null` when it is not there. */
  readBaseFile(path: string, signal: AbortSignal): Promise<string | null>;
  /** Logins that approved the head as it is now, its author left out. */
  approvedBy(signal: AbortSignal): Promise<readonly string[]>;
  /** Most a comment may hold, in UTF-16 characters and UTF-8 bytes. */
  readonly commentSpace: { readonly chars: number; readonly bytes: number };
}

/** A status on a pull request. */
export interface PullRequestStatus {
  /** Keeps the statuses of parallel jobs apart. */
  readonly key: string;
  readonly state: "succeeded" | "failed" | "error";
  /** At most 140 characters. */
  readonly description: string;
}

/** What a pipeline shows of a step. */
export interface RunOutput {
  info(line: string): void;
  warn(line: string): void;
  annotate(annotation: Annotation): void;
  summarise(markdown: string): Promise<void>;
  setOutput(name: string, value: string): void;
  /** Keeps a text out of every log line from now on. */
  maskSecret(text: string): void;
}
