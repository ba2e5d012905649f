import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { array, object, parse, record, string, unknown } from "valibot";
import { CLI, median, ms, runNode, run, type Table } from "./measure.ts";

const SHARED = join(import.meta.dirname, "../../../shared");
const CORPUS = join(SHARED, "corpus");
/** Resource Manager's limit for one loop. */
const LONGEST_LOOP = 800;
const LOOPS = 10;
/** The largest template at hand: 186 nested deployments and 239 loops in 3 MB. */
const LANDING_ZONE = "arm/avm-ptn-sa-modernize-your-code/main.json";
const BICEP_FILES = [
  "bicep/azure-openai-chat-baseline-landing-zone/bicep/main.bicep",
  "bicep/openai-end-to-end-baseline/bicep/main.bicep",
  "bicep/sample-app-aoai-chatGPT/main.bicep",
  "arm/foundry-samples/16-private-network-standard-agent-apim-setup-preview/main.bicep",
  "arm/foundry-samples/00-basic/main.bicep",
];

/** Loops of growing length: resources a second, and whether the time grows with the number of resources. */
export function measureLoops(table: Table, folder: string): void {
  const empty = median(9, () => runNode([CLI, "plan", write(folder, 0)]));
  const perResource = [100, 200, 400, LONGEST_LOOP].map((turns) => {
    const file = write(folder, turns);
    const resources = turns * LOOPS;
    const time = median(5, () => runNode([CLI, "plan", file])) - empty;
    const rate = `${((resources / time) * 1000).toFixed(0)} resources a second, without start-up`;
    table.row(`${LOOPS} loops of ${turns}`, { ratio: (time + empty) / empty, detail: `${ms(time)}, ${rate}` });
    return time / resources;
  });
  const [, , middle = 0, large = 0] = perResource;
  const detail = "time per resource, loops of 800 to loops of 400";
  table.row("growth with the loops", { ratio: large / middle, budget: 1.2, detail });
}

function write(folder: string, turns: number): string {
  const file = join(folder, `loops-${turns}.json`);
  const resources = Array.from({ length: turns === 0 ? 0 : LOOPS }, (_, index) => loopOf(index, turns));
  writeFileSync(
    file,
    JSON.stringify({
      $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
      contentVersion: "1.0.0.0",
      parameters: { prefix: { type: "string", defaultValue: "aoai" }, capacity: { type: "int", defaultValue: 10 } },
      resources,
    }),
  );
  return file;
}

function loopOf(index: number, turns: number): object {
  return {
    type: "Microsoft.CognitiveServices/accounts",
    apiVersion: "2024-10-01",
    name: `[format('{0}-${index}-{1}', parameters('prefix'), copyIndex())]`,
    location: "swedencentral",
    copy: { name: `loop${index}`, count: turns },
    kind: "OpenAI",
    sku: { name: "S0", capacity: "[add(parameters('capacity'), mod(copyIndex(), 3))]" },
    ...(index === 0 ? {} : { dependsOn: [`loop${index - 1}`] }),
    properties: {
      customSubDomainName: `[toLower(concat(parameters('prefix'), '-', uniqueString(string(copyIndex()))))]`,
      disableLocalAuth: "[equals(mod(copyIndex(), 2), 0)]",
      publicNetworkAccess: "[if(greater(copyIndex(), 10), 'Disabled', 'Enabled')]",
      networkAcls: { defaultAction: "Deny", ipRules: [] },
    },
  };
}

/** Small files do not reach the tenth that large ones do: what `node` itself needs to start is a good part of their time. */
const BESIDE_BUILD_BUDGET = 0.25;

/** Real templates beside Microsoft's own tool, where both are at hand. */
export function measureBesideBicep(table: Table, folder: string): void {
  const bicep = findBicep();
  if (bicep === null) {
    console.log("beside the Bicep CLI: skipped, for want of ../shared/corpus or the Bicep CLI");
    return;
  }
  measureLandingZone(table, { bicep, folder });
  for (const path of BICEP_FILES) {
    const file = join(CORPUS, path);
    const check = median(5, () => runNode([CLI, "check", file, "--bicep", "native"]));
    const build = median(3, () => run(bicep, ["build", file, "--stdout", "--no-restore"]));
    const detail = `check ${ms(check)}, bicep build ${ms(build)}`;
    table.row(path.split("/").slice(0, -1).join("/").slice(-33), {
      ratio: check / build,
      budget: BESIDE_BUILD_BUDGET,
      detail,
    });
  }
}

const Golden = object({
  cases: array(object({ template: string(), parameters: record(string(), unknown()) })),
});

function measureLandingZone(table: Table, { bicep, folder }: { bicep: string; folder: string }): void {
  const golden = parse(
    Golden,
    JSON.parse(readFileSync(join(CORPUS, "arm-expand/golden/avm-ptn-sa-modernize-your-code.json"), "utf8")),
  );
  const cases = golden.cases.filter(({ template }) => template === LANDING_ZONE);
  const template = join(CORPUS, LANDING_ZONE);
  for (const [index, { parameters }] of cases.entries()) {
    const values = Object.entries(parameters).map(([name, value]) => [name, { value }] as const);
    const json = join(folder, `landing-zone-${index}.parameters.json`);
    writeFileSync(json, JSON.stringify({ parameters: Object.fromEntries(values) }));
    const plan = median(5, () => runNode([CLI, "plan", template, "--parameters", json]));
    const detail = `plan ${ms(plan)}`;
    const beside = join(folder, `landing-zone-${index}`);
    mkdirSync(beside);
    const parametersFile = join(beside, "main.bicepparam");
    const params = Object.entries(parameters).map(
      ([name, value]) => `param ${name} = json('${JSON.stringify(value)}')`,
    );
    writeFileSync(parametersFile, [`using '${template}'`, ...params, ""].join("\n"));
    const snapshot = median(3, () => run(bicep, ["snapshot", parametersFile, "--mode", "overwrite"]));
    table.row(`landing zone, 3 MB, case ${index + 1}`, {
      ratio: plan / snapshot,
      budget: 1,
      detail: `${detail}, bicep snapshot ${ms(snapshot)}`,
    });
    table.row(`landing zone, case ${index + 1}, seconds`, { ratio: plan / 1000, budget: 1.5, detail });
  }
}

function findBicep(): string | null {
  const tool = join(SHARED, "tools/bicep-cli");
  if (!existsSync(CORPUS) || !existsSync(tool)) return null;
  try {
    return execFileSync(tool, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return null; // neither fetched nor fetchable here
  }
}
