import { GateError } from "../../src/diagnostics/gate-error.ts";
import type { SourceTree } from "../../src/ports.ts";
import type { LoadOptions } from "../../src/sources/load-options.ts";
import type { LoadContext } from "../../src/sources/source.ts";

/** Options as they are when nothing is given. */
const NO_OPTIONS: LoadOptions = {
  parameters: [],
  template: null,
  scope: {
    tenantId: null,
    subscriptionId: null,
    resourceGroup: null,
    managementGroup: null,
    location: null,
    deploymentName: null,
  },
  strictParameters: false,
  bicep: "auto",
  modules: [],
  environment: new Map(),
  deploymentMode: "incremental",
  base: null,
};

/** What a document is loaded with when a test says nothing else. */
export function loadContext(tree: SourceTree, options: Partial<LoadOptions> = {}): LoadContext {
  return {
    tree,
    options: { ...NO_OPTIONS, ...options },
    signal: new AbortController().signal,
    openCompiler: () => Promise.reject(new GateError("BICEP_NOT_FOUND", "there is no Bicep CLI")),
    isSignedIn: false,
  };
}
