/*
 * Compares the evaluator with Microsoft's own engine on random expressions and prints where they disagree.
 *
 *   node scripts/fuzz-expressions.ts [--count N] [--seed N] [--depth N] [--unknowns PERCENT] [--mangled PERCENT] [--world NAME] [--texts]
 *
 * Exit codes: 0 no disagreement, 1 some, 3 no Bicep CLI.
 */
import { parseArgs } from "node:util";
import { BicepCli, findBicepCli } from "../test/support/bicep-cli.ts";
import { type Agreement, agreementOf, describe, describeAnswer } from "../test/support/expression-agreement.ts";
import { ExpressionOracle } from "../test/support/expression-oracle.ts";
import { evaluateIn, WORLDS } from "../test/support/expression-world.ts";
import { ExpressionGrower } from "../test/support/random-expressions.ts";

const BATCH = 400;
const MAX_SHOWN = 1500;

const { values: options } = parseArgs({
  options: {
    count: { type: "string", default: "2000" },
    seed: { type: "string", default: "1" },
    depth: { type: "string", default: "3" },
    unknowns: { type: "string", default: "0" },
    mangled: { type: "string", default: "0" },
    world: { type: "string", default: "resourceGroup" },
    texts: { type: "boolean", default: false },
  },
});

const path = findBicepCli();
if (path === null) {
  console.error("No Bicep CLI: set BICEP_PATH, or put it on PATH.");
  process.exit(3);
}
const counts = new Map<Agreement, number>();
let otherTexts = 0;
let texts = 0;
const oracle = new ExpressionOracle(new BicepCli(path));
const world = WORLDS.find((name) => name === options.world) ?? "resourceGroup";
const grower = new ExpressionGrower(Number(options.seed), Number(options.unknowns) / 100);
const expressions = Array.from({ length: Number(options.count) }, () => {
  return grower.mangled(grower.grow(Number(options.depth)), Number(options.mangled) / 100);
});
for (let start = 0; start < expressions.length; start += BATCH) await compare(expressions.slice(start, start + BATCH));
oracle.close();
console.log(Object.fromEntries(counts), `residual texts: ${otherTexts} of ${texts} are not the engine's`);
process.exitCode = (counts.get("differs") ?? 0) + (counts.get("knows less") ?? 0) > 0 ? 1 : 0;

/** Expressions that we refuse are asked one by one: the engine refuses a whole template. */
async function compare(batch: readonly string[]): Promise<void> {
  const ours = batch.map((expression) => ({ expression, result: evaluateIn(world, "none", expression) }));
  const accepted = ours.filter(({ result }) => result.ok);
  const refused = ours.filter(({ result }) => !result.ok);
  const answers = await oracle.ask(
    accepted.map(({ expression }) => expression),
    world,
  );
  for (const [index, { expression, result }] of accepted.entries())
    report(expression, { answer: answers[index], result });
  for (const { expression, result } of refused) {
    const [answer] = await oracle.ask([expression], world);
    report(expression, { answer, result });
  }
}

type Answer = Awaited<ReturnType<ExpressionOracle["ask"]>>[number];

interface Answers {
  readonly answer: Answer | undefined;
  readonly result: ReturnType<typeof evaluateIn>;
}

function report(expression: string, { answer, result }: Answers): void {
  if (answer === undefined) return;
  const agreement = agreementOf(answer, result);
  counts.set(agreement, (counts.get(agreement) ?? 0) + 1);
  const waits = agreement === "same" && answer.kind === "unevaluated";
  const otherText = waits && describeAnswer(answer) !== describe(result);
  texts += Number(waits);
  otherTexts += Number(otherText);
  if (isDisagreement(agreement) || (options.texts && (otherText || agreement === "knows more"))) {
    console.log(`${agreement}: ${expression.slice(0, MAX_SHOWN)}`);
    console.log(`  engine: ${describeAnswer(answer).slice(0, MAX_SHOWN)}`);
    console.log(`  ours:   ${describe(result).slice(0, MAX_SHOWN)}`);
  }
}

function isDisagreement(agreement: Agreement): boolean {
  return agreement === "differs" || agreement === "knows less";
}
