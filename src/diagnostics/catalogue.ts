/** Whose move it is. Decides the exit code: `configuration` and `source` 2; sign-in, permission and `service` 3; `internal` 70. */
export type ErrorKind = "configuration" | "source" | "authentication" | "authorization" | "service" | "internal";

interface ErrorEntry {
  readonly kind: ErrorKind;
  /** One imperative sentence: what to do next. */
  readonly hint: string;
}

/** Every error code with its kind and hint. `docs/errors.md` is generated from it. */
export const CATALOGUE = {
  USAGE: { kind: "configuration", hint: "Run `portcullis --help` for the commands and options." },
  NOT_AVAILABLE: { kind: "configuration", hint: "Leave it out for now; `portcullis --help` lists what is available." },
  CONFIG_NOT_FOUND: {
    kind: "configuration",
    hint: "Check the path, or leave `--config` out to use the nearest portcullis.yml.",
  },
  CONFIG_INVALID: {
    kind: "configuration",
    hint: "Correct the line named in the message; docs/configuration.md lists every key.",
  },
  BASELINE_INVALID: { kind: "configuration", hint: "Give a report that `portcullis check --format json=FILE` wrote." },
  REPORT_INVALID: { kind: "configuration", hint: "Give reports that `portcullis check --format json=FILE` wrote." },
  BASE_NOT_FOUND: {
    kind: "configuration",
    hint: "Give a folder, or a branch, tag or commit that the clone has; in a pipeline, check out with the whole history (`fetch-depth: 0`).",
  },
  OUTPUT_NOT_WRITTEN: { kind: "configuration", hint: "Check that the folder exists and may be written to." },
  SOURCE_NOT_FOUND: { kind: "source", hint: "Check the path; it is taken from the working directory." },
  SOURCE_UNREADABLE: { kind: "source", hint: "Check the file's permissions." },
  SOURCE_EMPTY: {
    kind: "source",
    hint: "Run the command that writes the file again and look at what it prints on standard error.",
  },
  SOURCE_BINARY: {
    kind: "source",
    hint: "Give the JSON form: `terraform show -json FILE` for a saved Terraform plan.",
  },
  SOURCE_TOO_LARGE: { kind: "source", hint: "Split the deployment into smaller ones." },
  SOURCE_TOO_DEEP: {
    kind: "source",
    hint: "Check where the document comes from: no Azure resource is nested that deep.",
  },
  SOURCE_NOT_JSON: {
    kind: "source",
    hint: "Check that the file is complete: a command that was cut off leaves half a document.",
  },
  SOURCE_UNRECOGNISED: {
    kind: "source",
    hint: "Give an ARM what-if result: `az deployment group what-if … --no-pretty-print > whatif.json`.",
  },
  SOURCE_AMBIGUOUS: { kind: "source", hint: "Split the document, or remove the members of one of the two kinds." },
  SOURCE_NOTHING_DEPLOYABLE: { kind: "source", hint: "Name the file to judge, or the folder that holds it." },
  WHAT_IF_MALFORMED: {
    kind: "source",
    hint: "Save the whole result: `az deployment group what-if … --no-pretty-print > whatif.json`.",
  },
  PARAMETER_INVALID: {
    kind: "source",
    hint: "Give parameter files in ARM's form, or NAME=VALUE with a value of the parameter's type.",
  },
  PARAMETER_MISSING: {
    kind: "source",
    hint: "Give the value with `--parameters FILE` or `--parameters NAME=VALUE`, or leave `--strict-parameters` out.",
  },
  TEMPLATE_INVALID: {
    kind: "source",
    hint: "Correct the place named in the message: Resource Manager would refuse the deployment.",
  },
  BICEP_NOT_FOUND: {
    kind: "configuration",
    hint: "Install the Bicep CLI in an earlier step (`az bicep install`, then add it to PATH), set BICEP_PATH, or give the compiled JSON template.",
  },
  BICEP_FAILED: { kind: "source", hint: "Correct what the compiler names; `bicep build FILE` shows the same." },
  BICEP_NOT_CONFINED: {
    kind: "source",
    hint: "Keep every file below the repository root, and run `bicep restore FILE` in an earlier step, or give the modules with --modules; nothing is downloaded during the check.",
  },
  BICEP_CLI_FAILED: {
    kind: "service",
    hint: "Check that `bicep --version` answers, update the Bicep CLI, or give the compiled JSON template.",
  },
  SIGN_IN_NOT_CONFIGURED: {
    kind: "authentication",
    hint: "Give client-id, tenant-id and subscription-id, and the job `permissions: id-token: write`.",
  },
  SIGN_IN_REFUSED: {
    kind: "authentication",
    hint: "Compare the federated credential of the identity with the subject, issuer and audience of the job's token.",
  },
  WHAT_IF_FORBIDDEN: {
    kind: "authorization",
    hint: "Give the identity Microsoft.Resources/deployments/whatIf/action and read access at the scope, or set validation-level to ProviderNoRbac.",
  },
  BASE_UNREADABLE: {
    kind: "service",
    hint: "Give the job `permissions: contents: read` and `pull-requests: write`, or run it again when the service answers.",
  },
  AZURE_UNREACHABLE: {
    kind: "service",
    hint: "Run the job again; when it lasts, check the proxy and https://azure.status.microsoft.",
  },
  WHAT_IF_FAILED: { kind: "service", hint: "Correct what Azure names in the message, then run the what-if again." },
  INTERNAL: { kind: "internal", hint: "Report it with the version and the lines above; nothing was judged." },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof CATALOGUE;
