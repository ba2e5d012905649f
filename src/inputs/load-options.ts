import type { BaseOptions, LoadOptions } from "../sources/load-options.ts";

/** Options or inputs, whatever the host calls them. */
export interface GivenOptions {
  value(name: string): string | undefined;
  values(name: string): readonly string[];
  isSet(name: string): boolean;
}

/** What the process knows and options cannot say. */
export interface ProcessFacts {
  /** The value of an environment variable. */
  readonly environment: (name: string) => string | undefined;
  readonly base: BaseOptions | null;
}

/** How documents are loaded. */
export function toLoadOptions(given: GivenOptions, { environment, base }: ProcessFacts): LoadOptions {
  const bicep = given.value("bicep");
  const textOf = (name: string) => given.value(name) ?? null;
  return {
    parameters: given.values("parameters"),
    template: textOf("template"),
    scope: {
      tenantId: textOf("tenant"),
      subscriptionId: textOf("subscription"),
      resourceGroup: textOf("resource-group"),
      managementGroup: textOf("management-group"),
      location: textOf("location"),
      deploymentName: textOf("deployment-name"),
    },
    strictParameters: given.isSet("strict-parameters"),
    bicep: bicep === "cli" || bicep === "native" ? bicep : "auto",
    modules: given.values("modules"),
    environment: new Map(given.values("allow-env").map((name) => [name, environment(name)])),
    deploymentMode: given.value("deployment-mode") === "complete" ? "complete" : "incremental",
    base,
  };
}
