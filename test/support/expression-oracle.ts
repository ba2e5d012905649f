import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ArmObject, type ArmValue } from "../../src/expression/arm-value.ts";
import { readJson } from "../../src/expression/json/read-json.ts";
import { object, parse, string } from "valibot";
import type { BicepCli } from "./bicep-cli.ts";
import { type Form, optionsOf, templateOf, type WorldName } from "./expression-world.ts";

/** What Microsoft's engine makes of an expression. */
export type EngineAnswer =
  | { readonly kind: "value"; readonly value: ArmValue }
  /** The expression that is left to be evaluated during the deployment. */
  | { readonly kind: "unevaluated"; readonly text: string }
  | { readonly kind: "error"; readonly message: string }
  /** The engine ran out of time or memory. */
  | { readonly kind: "no answer" };

const Snapshot = object({ snapshot: string() });
const MAX_DEPTH = 1000;
const MAX_OUTPUTS = 60;

/** Asks Microsoft's engine, inside the Bicep CLI, about expressions: many in one template, as long as none is refused. */
export class ExpressionOracle {
  readonly #cli: BicepCli;
  readonly #folder = mkdtempSync(join(tmpdir(), "expressions-"));
  #count = 0;

  constructor(cli: BicepCli) {
    this.#cli = cli;
  }

  close(): void {
    this.#cli.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** One answer for each expression, in order. */
  async ask(
    expressions: readonly string[],
    world: WorldName = "resourceGroup",
    form: Form = "none",
  ): Promise<readonly EngineAnswer[]> {
    if (form !== "none" || expressions.length === 1) {
      const answers: EngineAnswer[] = [];
      for (const expression of expressions) answers.push(...(await this.#run([expression], world, form)));
      return answers;
    }
    if (expressions.length > MAX_OUTPUTS) {
      const rest = await this.ask(expressions.slice(MAX_OUTPUTS), world);
      return [...(await this.ask(expressions.slice(0, MAX_OUTPUTS), world)), ...rest];
    }
    const answers = await this.#run(expressions, world, form);
    if (answers.every((answer) => answer.kind === "value" || answer.kind === "unevaluated")) return answers;
    const middle = expressions.length >> 1;
    const first = await this.ask(expressions.slice(0, middle), world);
    return [...first, ...(await this.ask(expressions.slice(middle), world))];
  }

  async #run(expressions: readonly string[], world: WorldName, form: Form): Promise<readonly EngineAnswer[]> {
    if (expressions.length === 0) return [];
    const outputs = await this.#outputs(templateWith(expressions, world, form), world);
    if (!(outputs instanceof ArmObject)) return expressions.map(() => outputs);
    return expressions.map((_, index) => answerOf(outputs.get(`r${index}`) ?? null));
  }

  async #outputs(template: unknown, world: WorldName): Promise<ArmObject | EngineAnswer> {
    this.#count += 1;
    const name = `t${this.#count}`;
    writeFileSync(join(this.#folder, `${name}.json`), JSON.stringify(template));
    const path = join(this.#folder, `${name}.bicepparam`);
    writeFileSync(path, `using './${name}.json'\n`);
    try {
      const params = { path, metadata: optionsOf(world), externalInputs: [] };
      const { snapshot } = parse(Snapshot, await this.#cli.request("bicep/getSnapshot", params));
      const read = readJson(snapshot, MAX_DEPTH);
      const outputs = read instanceof ArmObject ? read.get("outputs") : undefined;
      return outputs instanceof ArmObject ? outputs : { kind: "no answer" };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      // It ran out of time, or would have to print half of a surrogate pair.
      const silent = message === "the Bicep CLI ended" || message.includes("Cannot transcode invalid UTF-16");
      return silent ? { kind: "no answer" } : { kind: "error", message };
    } finally {
      rmSync(path, { force: true });
      rmSync(join(this.#folder, `${name}.json`), { force: true });
    }
  }
}

function templateWith(expressions: readonly string[], world: WorldName, form: Form): Record<string, unknown> {
  const template = templateOf(world);
  const outputs: Record<string, unknown> = {};
  for (const [index, expression] of expressions.entries()) {
    const value = { v: form === "literal" ? expression : `[${expression}]` };
    outputs[`r${index}`] =
      form === "copy" ? { type: "array", copy: { count: 3, input: value } } : { type: "object", value };
  }
  if (form !== "param") return { ...template, outputs };
  const zz = { type: "object", defaultValue: { v: `[${expressions[0]}]` } };
  const parameters = { ...template.parameters, zz };
  return { ...template, parameters, outputs: { r0: { type: "object", value: "[parameters('zz')]" } } };
}

/** An output that waits is printed as one text: the object around the expression is part of it. */
function answerOf(output: ArmValue): EngineAnswer {
  if (typeof output === "string") {
    const text = /^\[createObject\('v', (?<text>.*)\)\]$/s.exec(output)?.groups?.["text"];
    return { kind: "unevaluated", text: text ?? output };
  }
  if (Array.isArray(output)) return { kind: "value", value: output.map((each: ArmValue) => memberV(each)) };
  return { kind: "value", value: memberV(output) };
}

function memberV(value: ArmValue): ArmValue {
  return value instanceof ArmObject ? (value.get("v") ?? null) : value;
}
