import { PROFILES } from "../rules/define-rule.ts";
import { POLICY_WORDS } from "../verdict/policy.ts";

/** The commands of the command line. */
export type Command = "check" | "plan" | "rules" | "merge" | "context" | "deploy" | "doctor" | "init";

/** One input: an option of the command line, an input of the action and of the task, or several of these. */
export interface InputDefinition {
  /** Kebab-case; camel-case in Azure DevOps. */
  readonly name: string;
  readonly description: string;
  /** What `--help` calls the value; `undefined` for a switch. */
  readonly argument?: string;
  readonly values?: readonly string[];
  /** What applies when it is not given, as text; hosts pass it on as it is. */
  readonly default?: string;
  readonly repeatable?: boolean;
  /** The commands that take it as an option. */
  readonly commands?: readonly Command[];
  /** The hosts that take it as an input. */
  readonly hosts?: readonly ("action" | "task")[];
  /** Documented, and not available yet, everywhere or only on the command line: using it is an error that says so. */
  readonly later?: true | "command-line";
  /** The value that works already, though the input as a whole does not. */
  readonly works?: string;
}

/** The commands with what `--help` says of them. */
export const COMMANDS: readonly {
  readonly name: Command;
  readonly usage: string;
  readonly description: string;
  readonly later?: true;
}[] = [
  { name: "check", usage: "[FILE|FOLDER ...]", description: "judge planned changes (the default command)" },
  { name: "plan", usage: "[FILE|FOLDER ...]", description: "print the normalised plan, no rules" },
  { name: "rules", usage: "[RULE]", description: "the catalogue; with RULE, one rule explained" },
  {
    name: "merge",
    usage: "REPORT.json ...",
    description: "one report, verdict and comment out of several (matrix jobs)",
  },
  { name: "context", usage: "", description: "write a redacted snapshot of the existing resources", later: true },
  {
    name: "deploy",
    usage: "[FILE]",
    description: "plan again, judge again, verify the reviewed digest, deploy",
    later: true,
  },
  { name: "doctor", usage: "", description: "check sign-in, permissions and pipeline protection", later: true },
  {
    name: "init",
    usage: "",
    description: "write a starter workflow, configuration and identity templates",
    later: true,
  },
];

/** Output formats. */
export const FORMATS = ["text", "json", "markdown", "sarif", "junit", "github", "html"] as const;

const JUDGING: readonly Command[] = ["check"];
const PLANNING: readonly Command[] = ["check", "plan"];
const HOSTS = ["action", "task"] as const;

/** Every input, in the order in which help and documentation list them. `action.yml` and `task.json` are generated from it. */
export const INPUTS: readonly InputDefinition[] = [
  { name: "mode", description: "What to do", values: ["check", "deploy"], default: "check", hosts: HOSTS },
  {
    name: "template",
    description:
      "Bicep or ARM template to judge; on the command line the one behind a what-if result, joined with it for lines and unresolved values",
    argument: "FILE",
    commands: PLANNING,
    hosts: HOSTS,
  },
  {
    name: "parameters",
    description: "Parameter files or NAME=VALUE, one a line",
    argument: "FILE|NAME=VALUE",
    repeatable: true,
    commands: PLANNING,
    hosts: HOSTS,
  },
  { name: "plan", description: "Paths or globs of ready plan documents, one a line", hosts: HOSTS },
  {
    name: "format",
    description: `${FORMATS.join("|")}[=FILE]; without =FILE to standard output`,
    argument: "FORMAT[=FILE]",
    repeatable: true,
    default: "text",
    commands: ["check", "plan", "rules", "merge"],
  },
  {
    name: "client-id",
    description: "Application (client) id of the identity with the federated credential",
    hosts: ["action"],
  },
  { name: "tenant-id", description: "Entra tenant of that identity", hosts: ["action"] },
  { name: "azure-subscription", description: "Service connection with workload identity federation", hosts: ["task"] },
  { name: "subscription-id", description: "Subscription to deploy to", hosts: HOSTS },
  {
    name: "subscription",
    description: "Subscription of the deployment's scope",
    argument: "ID",
    commands: PLANNING,
  },
  {
    name: "resource-group",
    description: "Resource group to deploy to; without one, the subscription",
    argument: "NAME",
    commands: PLANNING,
    hosts: HOSTS,
  },
  {
    name: "management-group",
    description: "Management group to deploy to",
    argument: "ID",
    commands: PLANNING,
    hosts: HOSTS,
  },
  {
    name: "location",
    description: "Location of the deployment, needed above resource groups",
    argument: "NAME",
    commands: PLANNING,
    hosts: HOSTS,
  },
  { name: "tenant", description: "Tenant of the deployment's scope", argument: "ID", commands: PLANNING },
  {
    name: "deployment-name",
    description: "Name of the deployment; default: that of the template file",
    argument: "NAME",
    commands: PLANNING,
    hosts: HOSTS,
  },
  {
    name: "deployment-mode",
    description: "As in ARM; with complete, what only the base has is deleted",
    argument: "MODE",
    values: ["incremental", "complete"],
    default: "incremental",
    commands: PLANNING,
    hosts: HOSTS,
  },
  {
    name: "validation-level",
    description: "How deep Azure validates during the what-if",
    values: ["Provider", "ProviderNoRbac", "Template"],
    default: "Provider",
    hosts: HOSTS,
  },
  {
    name: "offline",
    description: "Evaluate offline: auto does so for pull requests from forks and by Dependabot only",
    values: ["auto", "true", "false"],
    default: "auto",
    hosts: HOSTS,
  },
  { name: "profile", description: "Set of rules", argument: "NAME", values: PROFILES, commands: JUDGING, hosts: HOSTS },
  {
    name: "fail-on",
    description: "Lowest severity that blocks",
    argument: "SEVERITY",
    values: POLICY_WORDS.failOn,
    commands: JUDGING,
    hosts: HOSTS,
  },
  {
    name: "gate",
    description: "Which findings block: those the change brings, also existing ones on what it modifies, or all",
    argument: "GATE",
    values: POLICY_WORDS.gate,
    commands: JUDGING,
    hosts: HOSTS,
  },
  {
    name: "on-open",
    description: "What undecided outcomes mean",
    argument: "MEANING",
    values: POLICY_WORDS.onOpen,
    commands: JUDGING,
    hosts: HOSTS,
  },
  {
    name: "enforcement",
    description: "advise reports the true verdict but does not stop the pipeline",
    argument: "MODE",
    values: POLICY_WORDS.enforcement,
    commands: ["check", "merge"],
    hosts: HOSTS,
  },
  {
    name: "config",
    description: "Configuration file; default: the nearest portcullis.yml up to the repository root",
    argument: "FILE",
    commands: JUDGING,
    hosts: HOSTS,
  },
  {
    name: "baseline",
    description: "An earlier JSON report; what it lists counts as existing",
    argument: "FILE",
    commands: JUDGING,
    hosts: HOSTS,
  },
  {
    name: "base",
    description:
      "The world before of templates: the same files at a git revision or in another folder; in a pull request the merge base",
    argument: "REF|FOLDER",
    commands: PLANNING,
    hosts: HOSTS,
  },
  {
    name: "context",
    description: "Existing resources from a snapshot",
    argument: "FILE|none",
    commands: PLANNING,
    hosts: HOSTS,
    later: true,
    works: "none",
  },
  {
    name: "targets",
    description: "Which targets of the configuration",
    argument: "all|changed|NAME,…",
    commands: PLANNING,
    hosts: HOSTS,
    later: true,
    works: "all",
  },
  { name: "what-if", description: "Ask Azure (needs a sign-in)", commands: PLANNING, later: true },
  {
    name: "bicep",
    description: "Which Bicep front end",
    argument: "FRONT-END",
    values: ["auto", "native", "cli"],
    default: "auto",
    commands: PLANNING,
  },
  {
    name: "modules",
    description: "Vendored registry modules",
    argument: "FOLDER",
    repeatable: true,
    commands: PLANNING,
  },
  {
    name: "allow-env",
    description: "Environment variables that templates and parameter files may read, one a line",
    argument: "NAME",
    repeatable: true,
    commands: PLANNING,
    hosts: HOSTS,
  },
  {
    name: "strict-parameters",
    description: "A required parameter without a value is an error",
    commands: PLANNING,
  },
  {
    name: "source-root",
    description: "Where source files are looked up",
    argument: "DIR",
    commands: PLANNING,
    later: true,
  },
  {
    name: "all-outcomes",
    description: "The JSON report also lists pass and notApplicable outcomes",
    commands: JUDGING,
  },
  { name: "fix", description: "Apply proven fixes to the source files", commands: JUDGING, later: true },
  { name: "dry-run", description: "Only show the diff of --fix", commands: JUDGING, later: true },
  {
    name: "as-of",
    description: "The day that expiries are measured against; default: today",
    argument: "DATE",
    commands: JUDGING,
  },
  {
    name: "report-key",
    description:
      "Keeps comments, statuses and SARIF categories of parallel jobs apart; default: job, matrix and target",
    hosts: HOSTS,
  },
  {
    name: "comment",
    description: "When to comment on the pull request",
    values: ["always", "on-findings", "never"],
    default: "always",
    hosts: HOSTS,
  },
  {
    name: "review-comments",
    description: "Inline comments with suggestions",
    values: ["true", "false"],
    default: "true",
    hosts: HOSTS,
  },
  { name: "sarif-file", description: "Also write the SARIF report to this file", hosts: HOSTS },
  { name: "json-file", description: "Also write the JSON report to this file", hosts: HOSTS },
  { name: "html-file", description: "Also write the HTML report to this file", hosts: HOSTS, later: true },
  {
    name: "expected-digest",
    description: "The digest that was reviewed; a different one fails the check",
    hosts: HOSTS,
  },
  {
    name: "github-token",
    description: "Token for comments and statuses",
    default: "${{ github.token }}",
    hosts: ["action"],
  },
  {
    name: "azure-cloud",
    description: "Azure cloud",
    values: ["AzureCloud", "AzureUSGovernment", "AzureChinaCloud"],
    default: "AzureCloud",
    hosts: HOSTS,
  },
  { name: "authority-host", description: "Entra endpoint of a private cloud", hosts: HOSTS },
  { name: "resource-manager-url", description: "Resource Manager endpoint of a private cloud", hosts: HOSTS },
  { name: "working-directory", description: "Where paths start; default: the workspace", hosts: HOSTS },
  { name: "quiet", description: "Only errors on standard error", commands: ["check", "plan", "rules", "merge"] },
  { name: "verbose", description: "More detail on standard error", commands: ["check", "plan", "rules", "merge"] },
  { name: "no-color", description: "No colours", commands: ["check", "plan", "rules", "merge"] },
];

/** Outputs of the action and the task. */
export const OUTPUTS: readonly { readonly name: string; readonly description: string; readonly later?: true }[] = [
  { name: "verdict", description: "allow, block, undecided or notJudged" },
  { name: "digest", description: "What was judged, as sha256:…; deploy accepts exactly this" },
  { name: "findings-new", description: "Findings that the change brings" },
  { name: "findings-existing", description: "Findings that were there before" },
  { name: "findings-fixed", description: "Findings that the change removes" },
  { name: "findings-open", description: "Outcomes that could not be decided" },
  { name: "highest-severity", description: "Worst severity among new and existing findings; empty without any" },
  { name: "report-json", description: "Path of the JSON report" },
  { name: "report-sarif", description: "Path of the SARIF report" },
  { name: "report-markdown", description: "Path of the Markdown report" },
  { name: "deployment-outputs", description: "Outputs of the deployment as JSON (deploy only)", later: true },
];
