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
  WHAT_IF_FAILED: { kind: "service", hint: "Correct what Azure names in the message, then run the what-if again." },
  INTERNAL: { kind: "internal", hint: "Report it with the version and the lines above; nothing was judged." },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof CATALOGUE;
