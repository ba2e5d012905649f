import { ArmObject, type ArmValue, isArmArray } from "../../src/expression/arm-value.ts";
import type { Evaluation } from "../../src/expression/evaluation.ts";
import { printJson } from "../../src/expression/json/print-json.ts";
import { printValue } from "../../src/expression/print.ts";
import { firstUnknown } from "../../src/expression/shape.ts";
import { Unknown } from "../../src/expression/value.ts";
import type { EngineAnswer } from "./expression-oracle.ts";

/**
 * How the evaluator's answer relates to the engine's.
 *
 * - `same`: the same value, both refuse, or both leave it to the deployment
 * - `knows more`: a value where the engine waits
 * - `knows less`: unknown where the engine has a value
 * - `differs`
 */
export type Agreement = "same" | "knows more" | "knows less" | "differs" | "not compared";

const MAX_TEXT = 1_000_000;

/** Compares the two; the wording of errors does not count. */
export function agreementOf(engine: EngineAnswer, ours: Evaluation): Agreement {
  const limited = ours.ok && firstUnknown(ours.value)?.reason === "limit";
  if (engine.kind === "no answer" || limited) return "not compared";
  if (engine.kind === "error") return ours.ok ? "differs" : "same";
  if (!ours.ok) return "differs";
  if (engine.kind === "unevaluated") return isKnown(ours.value) ? "knows more" : "same";
  if (!isKnown(ours.value)) return "knows less";
  return printJson(engine.value) === printJson(ours.value) ? "same" : "differs";
}

/** Whether no part of `value` is unknown. */
export function isKnown(value: ArmValue): boolean {
  if (value instanceof Unknown) return false;
  if (isArmArray(value)) return value.every(isKnown);
  return !(value instanceof ArmObject) || (!value.isOpen && [...value.members.values()].every(isKnown));
}

/** The evaluator's answer on one line. */
export function describe(result: Evaluation): string {
  if (!result.ok) return `error: ${result.error.message}`;
  return isKnown(result.value)
    ? printJson(result.value)
    : `unknown: ${printValue(result.value, MAX_TEXT) ?? "no text"}`;
}

/** The engine's answer on one line. */
export function describeAnswer(answer: EngineAnswer): string {
  switch (answer.kind) {
    case "value":
      return printJson(answer.value);
    case "unevaluated":
      return `unknown: ${answer.text}`;
    case "error":
      return `error: ${answer.message.replaceAll(/\s*\r?\n\s*/g, " ")}`;
    default:
      return answer.kind;
  }
}
