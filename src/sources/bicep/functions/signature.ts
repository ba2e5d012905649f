import type { BicepType } from "../types/type.ts";
import { namedTypes } from "./named-types.ts";

/** Where a function may be called: `default` in the default value of a parameter, `inlining` where it can be run later. */
export type Placement = "anywhere" | "default" | "inlining";

/** The lambdas that functions ask for; what they are given depends on the first argument of the call. */
export const LAMBDA_RULES = [
  "comparison",
  "key",
  "mapping",
  "memberMapping",
  "predicate",
  "reduction",
  "value",
] as const;

/** What a call gives back where that depends on its arguments, or on the file it stands in. */
export const RESULT_RULES = [
  "deployment",
  "directoryInfo",
  "elements",
  "environmentVariable",
  "fileJson",
  "fileText",
  "fileYaml",
  "filtered",
  "firstElement",
  "flattened",
  "grouped",
  "intersection",
  "json",
  "lastElement",
  "managementGroup",
  "mapped",
  "mappedMembers",
  "merged",
  "nameOf",
  "reduced",
  "resourceGroup",
  "shallowlyMerged",
  "slice",
  "sorted",
  "subscription",
  "tenant",
  "textEnd",
  "textLength",
  "textOfCase",
  "textPadded",
  "textPart",
  "textSkipped",
  "textTaken",
  "textTrimmed",
  "toObject",
  "unionOfArrays",
] as const;

export type LambdaRule = (typeof LAMBDA_RULES)[number];
export type ResultRule = (typeof RESULT_RULES)[number];

/** One way to call a function. */
export interface Signature {
  readonly parameters: readonly (BicepType | { readonly kind: "rule"; readonly rule: LambdaRule })[];
  /** How many arguments there must be. */
  readonly minimum: number;
  /** The type of the arguments behind the parameters; without it there may be none. */
  readonly rest: BicepType | undefined;
  readonly result: BicepType | { readonly kind: "rule"; readonly rule: ResultRule };
}

/** A function of the language. */
export interface BuiltInFunction {
  readonly name: string;
  readonly namespace: "az" | "sys";
  readonly placement: Placement;
  readonly signatures: readonly Signature[];
}

/**
 * Reads signatures such as `substring(string, int, int?) string`: `?` marks an optional parameter, `...` any number of
 * further arguments, `λ` a lambda and `=` a result by rule.
 */
export class SignatureReader {
  readonly #types = namedTypes();

  /** The functions that `lines` describe; several lines with one name are overloads. */
  read(lines: readonly string[], namespace: "az" | "sys", placement: Placement): BuiltInFunction[] {
    const functions = new Map<string, Signature[]>();
    for (const line of lines) {
      const [name = "", parameters = "", result = ""] = line.split(/\(|\) /u);
      const overloads = functions.get(name) ?? [];
      overloads.push(this.#signature(parameters, result));
      functions.set(name, overloads);
    }
    return [...functions].map(([name, signatures]) => ({ name, namespace, placement, signatures }));
  }

  #signature(parameters: string, result: string): Signature {
    const words = parameters === "" ? [] : parameters.split(", ");
    const rest = words.find((word) => word.startsWith("..."));
    const fixed = words.filter((word) => word !== rest);
    return {
      parameters: fixed.map((word) => this.#parameter(word.replace("?", ""))),
      minimum: fixed.filter((word) => !word.endsWith("?")).length,
      rest: rest === undefined ? undefined : this.#type(rest.slice(3)),
      result: this.#result(result),
    };
  }

  #parameter(word: string): Signature["parameters"][number] {
    const rule = LAMBDA_RULES.find((candidate) => word === `λ${candidate}`);
    return rule === undefined ? this.#type(word) : { kind: "rule", rule };
  }

  #result(word: string): Signature["result"] {
    const rule = RESULT_RULES.find((candidate) => word === `=${candidate}`);
    return rule === undefined ? this.#type(word) : { kind: "rule", rule };
  }

  #type(word: string): BicepType {
    const type = this.#types.get(word);
    if (type === undefined) throw new Error(`unknown type in a signature: ${word}`);
    return type;
  }
}
