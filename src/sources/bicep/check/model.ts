import type { BicepType, FunctionType, ScopeKind } from "../types/type.ts";

/** A parameter of a template, as those see it who give it a value. */
export interface ModelParameter {
  readonly type: BicepType;
  /** Whether it must be given. */
  readonly required: boolean;
  readonly secure: boolean;
}

/** What a file exports under a name. */
export type Export =
  | { readonly kind: "type" | "variable"; readonly type: BicepType }
  | { readonly kind: "function"; readonly type: FunctionType }
  /** Exported by several declarations. */
  | { readonly kind: "ambiguous" };

/** What a file offers to those that name it. */
export interface FileModel {
  readonly path: string;
  /** What sort of file it is. */
  readonly kind: "parameters" | "template" | "armTemplate";
  /** Whether something is wrong with it, or with a file it names. */
  readonly hasErrors: boolean;
  readonly targetScope: ScopeKind;
  readonly parameters: ReadonlyMap<string, ModelParameter>;
  readonly outputs: ReadonlyMap<string, BicepType>;
  readonly exports: ReadonlyMap<string, Export>;
  /** The types of what a parameters file assigns, with what it takes over from those it extends. */
  readonly assignments: ReadonlyMap<string, BicepType>;
}

/**
 * The file that a declaration names: its model; `missing` when there is none, which is reported; `unknown` when it is not at
 * hand, so that anything may be in it.
 */
export type ReferencedModel = FileModel | "missing" | "unknown";
