/**
 * Whether two ARM texts (types, property names, ids, most enum values) mean the same: ARM ignores letter case.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/templates/resource-declaration
 */
export function sameText(left: string, right: string): boolean {
  return left === right || (left.length === right.length && left.toLowerCase() === right.toLowerCase());
}
