/** Starts the simulators, runs the action bundle once on an insecure change, and shows what it posted: for the eyes. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runBundle } from "../test/e2e/support/run-bundle.ts";
import {
  actionBundle,
  actionInputs,
  deploySecureAccount,
  INSECURE,
  PARAMETERS,
  SECURE,
  templateOf,
} from "../test/e2e/support/scenario.ts";
import { startWorld } from "../test/simulator/index.ts";

const OUT = join(import.meta.dirname, "../out");

const world = await startWorld();
try {
  deploySecureAccount(world);
  const base = { "infra/main.json": templateOf(SECURE), "infra/prod.json": PARAMETERS };
  const { number } = world.github.state.openPull({
    base,
    changes: {
      "infra/main.json": templateOf({
        ...INSECURE,
        publicNetworkAccess: "Enabled",
        networkAcls: { defaultAction: "Allow" },
      }),
    },
  });
  const { variables, workspace } = world.environmentForAction({ inputs: actionInputs() });
  const { code, stdout } = await runBundle(actionBundle(), { env: variables, cwd: workspace });
  const body = world.github.state.commentsOf(number)[0]?.body ?? "(no comment)";
  mkdirSync(OUT, { recursive: true });
  writeFileSync(join(OUT, "comment.md"), body);
  console.log(stdout.replaceAll(/^::add-mask::.*$/gm, "::add-mask::***"));
  console.log(`exit code ${code}\n\n--- the comment, also in out/comment.md ---\n\n${body}`);
} finally {
  await world.close();
}
