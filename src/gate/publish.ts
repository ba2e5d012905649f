import { join } from "node:path";
import type { HostInputs } from "../inputs/parse-host-inputs.ts";
import type { PullRequest, RunOutput } from "../ports.ts";
import { toAnnotations } from "../render/annotations.ts";
import { countsLine, verdictWord } from "../render/headline.ts";
import { renderJson } from "../render/json.ts";
import { LIMITS } from "../render/limits.ts";
import { renderMarkdown } from "../render/markdown.ts";
import type { Report } from "../render/report.ts";
import { renderSarif } from "../render/sarif/sarif.ts";
import { renderText } from "../render/text.ts";
import { SEVERITIES } from "../rules/define-rule.ts";
import type { GateHost } from "./gate-host.ts";

interface Publication {
  readonly host: GateHost;
  readonly inputs: HostInputs;
  readonly report: Report;
  readonly pullRequest: PullRequest | null;
  readonly workingDirectory: string;
}

/** Shows the report everywhere the host can. What cannot be shown is a warning; the verdict stands. */
export async function publish(publication: Publication, signal: AbortSignal): Promise<void> {
  const { host, report } = publication;
  const { output } = host;
  for (const line of renderText(report, { width: 120 }).split("\n")) output.info(line);
  for (const annotation of toAnnotations(report)) output.annotate(annotation);
  const steps = [
    [
      "the step summary",
      () =>
        output.summarise(renderMarkdown(report, { chars: LIMITS.stepSummaryBytes, bytes: LIMITS.stepSummaryBytes })),
    ],
    ["the report files", () => writeFiles(publication)],
    ["the comment on the pull request", () => comment(publication, signal)],
    ["the status of the pull request", () => setStatus(publication, signal)],
  ] as const;
  for (const [what, step] of steps) await attempt(output, what, step);
  setOutputs(output, report);
}

async function attempt(output: RunOutput, what: string, step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    output.warn(
      `${what} could not be written: ${error instanceof Error ? error.message : String(error)}. The verdict stands; the report is in this log.`,
    );
  }
}

async function writeFiles({ host, inputs, report, workingDirectory }: Publication): Promise<void> {
  const key = reportKey(host, inputs);
  const files = [
    { output: "report-json", name: "portcullis.json", input: "json-file", text: renderJson(report) },
    {
      output: "report-sarif",
      name: "portcullis.sarif",
      input: "sarif-file",
      text: renderSarif(report, `portcullis/${key}`),
    },
    { output: "report-markdown", name: "portcullis.md", input: null, text: renderMarkdown(report) },
  ];
  for (const { output, name, input, text } of files) {
    const path = join(host.temporaryFolder, name);
    await host.writeFile(path, text);
    host.output.setOutput(output, path);
    const asked = input === null ? undefined : inputs.value(input);
    if (asked !== undefined) await host.writeFile(join(workingDirectory, asked), text);
  }
}

async function comment({ host, inputs, report, pullRequest }: Publication, signal: AbortSignal): Promise<void> {
  const when = inputs.value("comment");
  if (pullRequest === null || when === "never") return;
  const key = reportKey(host, inputs);
  const isWorthIt = report.findings.length > 0 || report.verdict !== "allow";
  if (when === "on-findings" && !isWorthIt && !(await pullRequest.hasComment(key, signal))) return;
  await pullRequest.upsertComment(key, renderMarkdown(report, pullRequest.commentSpace), signal);
}

async function setStatus({ host, inputs, report, pullRequest }: Publication, signal: AbortSignal): Promise<void> {
  if (pullRequest === null || !host.setsStatus) return;
  const advise = report.policy.enforcement === "advise";
  const state =
    report.verdict === "notJudged" ? "error" : report.verdict === "allow" || advise ? "succeeded" : "failed";
  await pullRequest.setStatus(
    { key: reportKey(host, inputs), state, description: `${verdictWord(report.verdict)}: ${countsLine(report)}` },
    signal,
  );
}

/** Keeps what parallel jobs write apart. */
function reportKey(host: GateHost, inputs: HostInputs): string {
  return (
    inputs.value("report-key") ??
    [host.defaultReportKey, inputs.value("template") ?? "", inputs.lines("plan").join(" ")]
      .filter((part) => part !== "")
      .join(" ")
  );
}

function setOutputs(output: RunOutput, { verdict, digest, summary }: Report): void {
  const values = {
    verdict,
    digest,
    "findings-new": summary.new,
    "findings-existing": summary.existing,
    "findings-fixed": summary.fixed,
    "findings-open": summary.open,
    "highest-severity": SEVERITIES.find((severity) => summary.findings[severity] > 0) ?? "",
  };
  for (const [name, value] of Object.entries(values)) output.setOutput(name, String(value));
}
