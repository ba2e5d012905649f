/** Ends a run that nothing foresaw. Node's own exit code for it is 1, which would read as a verdict. */
export function crash(error: unknown): void {
  process.exitCode = 70;
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  process.stderr.write(`INTERNAL: ${message.replaceAll(/\s+/g, " ")}\n`);
}
