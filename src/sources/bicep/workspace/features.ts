import { isJsonObject, type JsonObject } from "./json.ts";

/**
 * The experimental features of the language that `bicepconfig.json` switches on, as far as they change what is accepted.
 *
 * @see https://github.com/Azure/bicep/blob/main/docs/experimental-features.md
 */
export interface Features {
  readonly assertions: boolean;
  readonly testFramework: boolean;
  readonly resourceTypedParamsAndOutputs: boolean;
  readonly moduleExtensionConfigs: boolean;
  readonly userDefinedConstraints: boolean;
  readonly deployCommands: boolean;
  readonly waitAndRetry: boolean;
  readonly localDeploy: boolean;
  readonly desiredStateConfiguration: boolean;
  /** The names of all that are switched on. */
  readonly enabled: ReadonlySet<string>;
  /** The names of the extensions it declares. */
  readonly extensions: ReadonlySet<string>;
}

/** What `configuration` switches on; without one, nothing. */
export function readFeatures(configuration: JsonObject | undefined): Features {
  const enabled = configuration?.get("experimentalFeaturesEnabled");
  const isOn = (name: string): boolean => isJsonObject(enabled) && enabled.get(name) === true;
  const extensions = configuration?.get("extensions");
  return {
    assertions: isOn("assertions"),
    testFramework: isOn("testFramework"),
    resourceTypedParamsAndOutputs: isOn("resourceTypedParamsAndOutputs"),
    moduleExtensionConfigs: isOn("moduleExtensionConfigs"),
    userDefinedConstraints: isOn("userDefinedConstraints"),
    deployCommands: isOn("deployCommands"),
    waitAndRetry: isOn("waitAndRetry"),
    localDeploy: isOn("localDeploy"),
    desiredStateConfiguration: isOn("desiredStateConfiguration"),
    enabled: new Set(isJsonObject(enabled) ? [...enabled.keys()].filter(isOn) : []),
    extensions: new Set(isJsonObject(extensions) ? extensions.keys() : []),
  };
}
