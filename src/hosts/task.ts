import { join } from "node:path";
import { armForPipelines } from "../azure/federated-arm.ts";
import { runGate } from "../gate/run-gate.ts";
import { azureReposPullRequest } from "../report/azure-devops/pull-request.ts";
import { readPipelinesContext } from "../report/azure-devops/pipelines-context.ts";
import { camelCase, pipelinesOutput } from "../report/azure-devops/run-output.ts";
import { readServiceConnection } from "../report/azure-devops/service-connection.ts";
import { machineBicep } from "../sources/bicep/cli/machine-bicep.ts";
import { fileTree } from "../sources/file-tree.ts";
import { replaceFile } from "../sources/replace-file.ts";
import { crash } from "./crash.ts";

/** Starts the gate as a task of an Azure pipeline. The task library is loaded here and nowhere earlier. */
async function main(): Promise<void> {
  const tl = await import("azure-pipelines-task-lib/task.js");
  tl.setResourcePath(join(__dirname, "task.json"), true);
  const context = readPipelinesContext((name) => tl.getVariable(name));
  const { pull, collectionUri, project, repositoryId } = context;
  const temporaryFolder = tl.getVariable("Agent.TempDirectory") ?? process.cwd();
  const accessToken = tl.getEndpointAuthorization("SystemVssConnection", true)?.parameters["AccessToken"] ?? "";
  const code = await runGate(
    {
      kind: "task",
      input: (name) => tl.getInput(camelCase(name)) ?? "",
      output: pipelinesOutput(tl, (line) => void process.stdout.write(`${line}\n`), temporaryFolder),
      clock: { today: () => new Date().toISOString().slice(0, 10) },
      workspace: tl.getVariable("System.DefaultWorkingDirectory") ?? process.cwd(),
      temporaryFolder,
      subject: context.subject,
      isUntrusted: context.isUntrusted,
      defaultReportKey: context.jobKey,
      setsStatus: true,
      async pullRequest(_, isBlocking) {
        if (pull === null || accessToken === "") return null;
        return azureReposPullRequest({
          place: { collectionUri, project, repositoryId, accessToken },
          ...pull,
          isBlocking,
        });
      },
      tree: fileTree,
      compiler: machineBicep(process.env),
      subscriptionOf: (inputs) => readServiceConnection(tl, inputs).subscriptionId,
      arm: (inputs) => armForPipelines(inputs, { ...readServiceConnection(tl, inputs), accessToken }),
      environment: (name) => process.env[name],
      writeFile: replaceFile,
    },
    new AbortController().signal,
  );
  tl.setResult(
    code === 0 ? tl.TaskResult.Succeeded : tl.TaskResult.Failed,
    code === 0 ? "Portcullis allows the change." : `Portcullis exits with code ${code}.`,
  );
  process.exitCode = code;
}

void main().catch(crash);
