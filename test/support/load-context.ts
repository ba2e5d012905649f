import { fakeCompiler } from "./fakes.ts";
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
  modules: [],
  environment: new Map(),
  deploymentMode: "incremental",
  frontEnd: "auto",
  isSignedIn: false,
  base: null,
};

/** What a document is loaded with when a test says nothing else. */
export function loadContext(tree: SourceTree, options: Partial<LoadOptions> = {}): LoadContext {
  return {
    tree,
    compiler: async () => fakeCompiler(),
    options: { ...NO_OPTIONS, ...options },
    signal: new AbortController().signal,
  };
}
