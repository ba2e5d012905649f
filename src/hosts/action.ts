import { armForGithub } from "../azure/federated-arm.ts";
import { runGate } from "../gate/run-gate.ts";
import { fileTree } from "../sources/file-tree.ts";
import { replaceFile } from "../sources/replace-file.ts";
import { machineBicep } from "../sources/bicep/cli/machine-bicep.ts";
import { crash } from "./crash.ts";

/** Starts the gate as a step of a GitHub workflow. The toolkit is loaded here and nowhere earlier. */
async function main(): Promise<number> {
  const [core, { context, getOctokit }, { githubOutput }, { readGithubContext }, { githubPullRequest }] =
    await Promise.all([
      import("@actions/core"),
      import("@actions/github"),
      import("../report/github/run-output.ts"),
      import("../report/github/github-context.ts"),
      import("../report/github/pull-request.ts"),
    ]);
  const { env } = process;
  const { pull, subject, isUntrusted } = readGithubContext(context);
  const mayHaveToken = env["ACTIONS_ID_TOKEN_REQUEST_URL"] !== undefined;
  return runGate(
    {
      kind: "action",
      input: (name) => core.getInput(name),
      output: githubOutput(core),
      clock: { today: () => new Date().toISOString().slice(0, 10) },
      workspace: env["GITHUB_WORKSPACE"] ?? process.cwd(),
      temporaryFolder: env["RUNNER_TEMP"] ?? process.cwd(),
      subject,
      isUntrusted,
      defaultReportKey: context.job,
      setsStatus: false,
      async pullRequest(inputs) {
        const token = inputs.value("github-token");
        if (pull === null || token === undefined) return null;
        return githubPullRequest({ octokit: getOctokit(token), ...context.repo, ...pull });
      },
      tree: fileTree,
      compiler: machineBicep(env),
      subscriptionOf: () => undefined,
      arm: (inputs) => armForGithub(inputs, mayHaveToken ? (audience) => core.getIDToken(audience) : undefined),
      environment: (name) => env[name],
      writeFile: replaceFile,
    },
    new AbortController().signal,
  );
}

void main().then((code) => (process.exitCode = code), crash);
