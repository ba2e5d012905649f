import type { ArmObject, ArmValue } from "../../../expression/arm-value.ts";
import type { Evaluator } from "../../../expression/evaluate.ts";
import type {
  DeploymentScope,
  Place,
  RuntimeCall,
  RuntimeAnswer,
  Scope,
  UserFunction,
} from "../../../expression/scope.ts";
import type { Symbols } from "../../../expression/symbols.ts";
import type { ObjectNode } from "./node.ts";

/** One template in the course of its expansion: the main one, or that of a nested deployment. */
export interface Frame {
  readonly evaluator: Evaluator;
  readonly template: ObjectNode;
  readonly parameters: Symbols;
  readonly variables: Symbols;
  readonly functions: ReadonlyMap<string, UserFunction>;
  /** What the scope functions answer from. */
  readonly deployment: DeploymentScope;
  /** Where resources land; another than `deployment` for nested deployments with outer scope. */
  readonly target: DeploymentScope;
  readonly symbolicNames: boolean;
  /** The symbolic names and nested deployments that lead here. */
  readonly path: readonly string[];
  /** What each resource in it depends on besides its own condition; `null` when nothing. */
  readonly condition: ArmValue | null;
  readonly runtime: (call: RuntimeCall) => RuntimeAnswer | undefined;
}

/** The scope of an expression at a place of the frame's template. */
export function scopeAt(frame: Frame, place: Place): Scope {
  const { parameters, variables, functions, deployment, symbolicNames, runtime } = frame;
  return { place, parameters, variables, functions, deployment, symbolicNames, runtime };
}

/** The outputs of a nested deployment, worked out when they are first asked for. */
export type Outputs = () => ArmObject;
