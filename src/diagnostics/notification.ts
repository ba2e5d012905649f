/** The tool speaking about its own run (SARIF `toolExecutionNotifications`). */
export interface Notification {
  readonly level: "error" | "warning" | "note";
  /** Stable and searchable, `incomplete-coverage`. */
  readonly code: string;
  readonly message: string;
}
