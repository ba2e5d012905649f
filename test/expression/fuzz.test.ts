import { afterAll, describe, expect, it } from "vitest";
import { BicepCli, findBicepCli } from "../support/bicep-cli.ts";
import { agreementOf, describe as describeResult, describeAnswer } from "../support/expression-agreement.ts";
import { ExpressionOracle } from "../support/expression-oracle.ts";
import { evaluateIn } from "../support/expression-world.ts";
import { ExpressionGrower } from "../support/random-expressions.ts";

/* A short seeded round of `scripts/fuzz-expressions.ts`. */

const COUNT = 150;
const path = findBicepCli();
if (path === null) console.warn("expression fuzz skipped: no Bicep CLI (BICEP_PATH, ../shared/tools/bicep-cli, PATH)");

describe.skipIf(path === null)("random expressions", () => {
  const oracle = new ExpressionOracle(new BicepCli(path ?? ""));
  afterAll(() => oracle.close());

  it.each([
    [1, 0],
    [2, 0.08],
  ])("evaluate as in Microsoft's engine (seed %i, unknown leaves %d)", async (seed, unknowns) => {
    const grower = new ExpressionGrower(seed, unknowns);
    const expressions = Array.from({ length: COUNT }, () => grower.grow(3));
    const results = expressions.map((expression) => evaluateIn("resourceGroup", "none", expression));
    const accepted = expressions.filter((_, index) => results[index]?.ok === true);
    const answers = new Map((await oracle.ask(accepted)).map((answer, index) => [accepted[index], answer]));
    const disagreements: string[] = [];
    for (const [index, expression] of expressions.entries()) {
      const answer = answers.get(expression) ?? (await oracle.ask([expression]))[0] ?? { kind: "no answer" };
      const result = results[index] ?? evaluateIn("resourceGroup", "none", expression);
      const agreement = agreementOf(answer, result);
      if (agreement !== "differs" && agreement !== "knows less") continue;
      disagreements.push(`${expression}\n  engine: ${describeAnswer(answer)}\n  ours: ${describeResult(result)}`);
    }
    expect(disagreements).toEqual([]);
  });
});
