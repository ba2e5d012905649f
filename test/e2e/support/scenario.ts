import { join } from "node:path";
import { accountId, accountTemplate } from "../../contract/clients.ts";
import type { World } from "../../simulator/index.ts";
import { actionDefaults, readActionManifest } from "./manifests.ts";
import { ROOT } from "./run-bundle.ts";

/** An account as it should be. */
export const SECURE = {
  disableLocalAuth: true,
  publicNetworkAccess: "Disabled",
  networkAcls: { defaultAction: "Deny" },
};

/** The same account with keys switched back on. */
export const INSECURE = { ...SECURE, disableLocalAuth: false };

/** Parameters of the template below. */
export const PARAMETERS = JSON.stringify({ parameters: { name: { value: "aoai" } } });

/** The template of one account with these properties. */
export function templateOf(properties: object): string {
  return JSON.stringify(accountTemplate(properties as Record<string, unknown>), null, 2);
}

/** Puts the secure account into Azure. */
export function deploySecureAccount(world: World): void {
  world.arm.state.put({ id: accountId("aoai"), kind: "OpenAI", location: "swedencentral", properties: SECURE });
}

/** The inputs of the action with the defaults of its manifest, as the runner works them out. */
export function actionInputs(inputs: Readonly<Record<string, string>> = {}): Record<string, string> {
  const defaults = actionDefaults({ "github.job": "check", "toJSON(matrix)": "null" });
  delete defaults["github-token"]; // the world gives one
  return {
    ...defaults,
    template: "infra/main.json",
    parameters: "infra/prod.json",
    "resource-group": "rg-ai-test",
    ...inputs,
  };
}

/** The bundle that the manifest names. */
export function actionBundle(): string {
  return join(ROOT, readActionManifest().runs.main);
}
