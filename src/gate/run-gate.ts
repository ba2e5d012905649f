import { join } from "node:path";
import { exitCode, exitCodeOfKind } from "../hosts/exit-code.ts";
import { parseHostInputs } from "../inputs/parse-host-inputs.ts";
import { runWithSecondOpinions } from "../pipeline.ts";
import { toGateError } from "../sources/loaded-target.ts";
import { readBaseline } from "../sources/read-baseline.ts";
import type { GateHost } from "./gate-host.ts";
import { loadGateSettings } from "./gate-settings.ts";
import { loadGateTargets } from "./gate-targets.ts";
import { publish } from "./publish.ts";

/** The whole step: judges what the inputs name, shows the report, and gives the exit code. */
export async function runGate(host: GateHost, signal: AbortSignal): Promise<number> {
  try {
    return await judgeAndPublish(host, signal);
  } catch (thrown) {
    const error = toGateError(thrown);
    host.output.annotate({
      level: "error",
      title: error.code,
      message: `${error.message}. ${error.hint}`,
      file: null,
      line: null,
      column: null,
    });
    for (const detail of error.details) host.output.info(detail);
    host.output.setOutput("verdict", "notJudged");
    return exitCodeOfKind(error.kind);
  }
}

async function judgeAndPublish(host: GateHost, signal: AbortSignal): Promise<number> {
  const inputs = parseHostInputs(host.kind, host.input);
  const workingDirectory = join(host.workspace, inputs.value("working-directory") ?? ".");
  const tree = host.tree(workingDirectory);
  let code = 70;
  const pullRequest = await host.pullRequest(inputs, () => code !== 0);
  const { clock, workspace } = host;
  const settings = await loadGateSettings(
    { inputs, tree, clock, workspace, workingDirectory, pullRequest, isPullRequest: host.subject.pullRequest !== null },
    signal,
  );
  const baseline = await readBaseline(inputs.value("baseline"), tree);
  const variables = inputs.lines("allow-env");
  const { targets, notifications } = await loadGateTargets(
    {
      host,
      inputs,
      tree,
      workingDirectory,
      compiler: host.compiler({ root: workspace, workingDirectory, variables, moduleFolders: [] }),
    },
    signal,
  );
  const expectedDigest = inputs.value("expected-digest") ?? null;
  const report = await runWithSecondOpinions({
    targets,
    settings,
    baseline,
    subject: host.subject,
    notifications,
    allOutcomes: false,
    expectedDigest,
  });
  code = exitCode(report);
  await publish({ host, inputs, report, pullRequest, workingDirectory }, signal);
  return code;
}
