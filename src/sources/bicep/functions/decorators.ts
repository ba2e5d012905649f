import { ANY, ARRAY, INT, OBJECT, STRING, type BicepType } from "../types/type.ts";
import type { Features } from "../workspace/features.ts";

/** What decorators can stand on, by the words of the compiler's messages. */
export type DecoratorTarget = "metadata" | "module" | "output" | "parameter" | "resource" | "type" | "variable";

/** A function that is called behind `@`. */
export interface BuiltInDecorator {
  readonly name: string;
  readonly targets: ReadonlySet<DecoratorTarget>;
  readonly parameters: readonly BicepType[];
  readonly minimum: number;
  /** What the declared type must be; `any` leaves it open. */
  readonly attachable: "any" | "array|string" | "int" | "object" | "string|object";
}

interface Row {
  readonly targets: readonly DecoratorTarget[];
  readonly parameters?: readonly BicepType[];
  readonly minimum?: number;
  readonly attachable?: BuiltInDecorator["attachable"];
}

const VALUES: readonly DecoratorTarget[] = ["output", "parameter", "type"];
const EVERYWHERE: readonly DecoratorTarget[] = [...VALUES, "metadata", "module", "resource", "variable"];

/**
 * The decorators of the namespace `sys`.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/bicep/file#decorators
 */
const DECORATORS: Readonly<Record<string, Row>> = {
  allowed: { targets: ["parameter"], parameters: [ARRAY] },
  batchSize: { targets: ["module", "resource"], parameters: [INT] },
  description: { targets: EVERYWHERE, parameters: [STRING] },
  discriminator: { targets: VALUES, parameters: [STRING], attachable: "object" },
  export: { targets: ["type", "variable"] },
  maxLength: { targets: VALUES, parameters: [INT], attachable: "array|string" },
  maxValue: { targets: VALUES, parameters: [INT], attachable: "int" },
  metadata: { targets: VALUES, parameters: [OBJECT] },
  minLength: { targets: VALUES, parameters: [INT], attachable: "array|string" },
  minValue: { targets: VALUES, parameters: [INT], attachable: "int" },
  nullIfNotFound: { targets: ["resource"] },
  onlyIfNotExists: { targets: ["resource"] },
  retryOn: { targets: ["resource"], parameters: [ARRAY, { kind: "int", min: 1n }], minimum: 1 },
  sealed: { targets: VALUES, attachable: "object" },
  secure: { targets: VALUES, attachable: "string|object" },
};

/** The decorators that a file may use, by name. */
export function decoratorsOf(features: Features): ReadonlyMap<string, BuiltInDecorator> {
  const rows: Record<string, Row> = { ...DECORATORS };
  if (features.userDefinedConstraints) rows["validate"] = { targets: VALUES, parameters: [ANY, STRING], minimum: 1 };
  if (features.waitAndRetry) rows["waitUntil"] = { targets: ["resource"], parameters: [ANY, STRING] };
  return new Map(
    Object.entries(rows).map(([name, { targets, parameters = [], minimum, attachable = "any" }]) => [
      name,
      { name, targets: new Set(targets), parameters, minimum: minimum ?? parameters.length, attachable },
    ]),
  );
}
