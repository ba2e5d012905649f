/** The value under `key`, when the record itself has it: what every object inherits (`constructor`, `toString`) does not count. */
export function lookUp<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
