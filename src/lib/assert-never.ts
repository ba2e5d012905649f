/** Marks a branch that the types rule out. @throws Error when a value gets there all the same, naming it */
export function assertNever(value: never): never {
  throw new Error(`unexpected case: ${String(value)}`);
}
