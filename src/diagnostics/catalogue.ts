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
  INTERNAL: { kind: "internal", hint: "Report it with the version and the lines above; nothing was judged." },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof CATALOGUE;
