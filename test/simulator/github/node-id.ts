/** The GraphQL id of a thing. The kind can be read back with {@link kindOfNode}. */
export function nodeId(kind: string, id: number): string {
  return `SIM_${kind}_${String(id)}`;
}

/** Kind and number of a {@link nodeId}, or undefined. */
export function kindOfNode(id: string): { readonly kind: string; readonly number: number } | undefined {
  const parts = /^SIM_(?<kind>[A-Za-z]+)_(?<number>\d+)$/u.exec(id)?.groups;
  return parts === undefined ? undefined : { kind: parts["kind"] ?? "", number: Number(parts["number"]) };
}
