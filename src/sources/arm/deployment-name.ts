import { basename, extname } from "node:path";

/** ARM's limit for deployment names. @see https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules */
const MAX_LENGTH = 64;

/** The name of a deployment that was given none: that of its file, as Azure's command line does it. */
export function deploymentNameOf(path: string): string {
  return basename(path, extname(path)).slice(0, MAX_LENGTH);
}
