import type { JsonValue } from "./json.ts";

/** One step of a JSONPath: what it selects of each value. */
export type Selector =
  | { readonly kind: "members"; readonly names: readonly string[] }
  | { readonly kind: "anyMember" }
  | { readonly kind: "items"; readonly indexes: readonly number[] }
  | { readonly kind: "anyItem" }
  | {
      readonly kind: "slice";
      readonly from: number | undefined;
      readonly to: number | undefined;
      readonly step: number;
    }
  /** Members at any depth; without names everything. */
  | { readonly kind: "scan"; readonly names: readonly string[] | undefined }
  | { readonly kind: "filter"; readonly condition: Condition; readonly deep: boolean };

/** What an item must meet: `@.a == 'x'`, or that `@.a` exists. */
export type Condition =
  | { readonly kind: "and"; readonly parts: readonly Condition[] }
  | { readonly kind: "or"; readonly parts: readonly Condition[] }
  | { readonly kind: "exists"; readonly left: readonly Selector[] }
  | {
      readonly kind: "compare";
      readonly left: readonly Selector[];
      readonly operator: string;
      readonly right: Operand;
    };

/** What is compared with: a value, or what a path from the item selects. */
export type Operand = { readonly value: JsonValue } | { readonly path: readonly Selector[] };
