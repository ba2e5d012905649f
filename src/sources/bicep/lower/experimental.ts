import type { MemberNode } from "../../arm/template/node.ts";
import type { BoundFile } from "../binder/bind-file.ts";
import type { FileUnit } from "./unit.ts";

/** The experimental features that Resource Manager has to know of, by how templates name them. */
const FEATURES: readonly (readonly [feature: string, name: string])[] = [
  ["resourceInfoCodegen", "Resource info code generation"],
  ["assertions", "Asserts"],
  ["localDeploy", "Enable local deploy"],
  ["moduleExtensionConfigs", "Enable defining extension configs for modules"],
  ["userDefinedConstraints", "Enable @validate() decorator"],
  ["deployCommands", "Enable deploy commands"],
];

const WARNING =
  "This template uses ARM features that are experimental. Experimental features should be enabled for testing purposes only, " +
  "as there are no guarantees about the quality or stability of these features. Do not enable these settings for any production " +
  "usage, or your production environment may be subject to breaking.";

/** The names of the experimental features that the template of a file depends on. */
export function experimentalFeatures({ file }: BoundFile): readonly string[] {
  return FEATURES.filter(([feature]) => file.features.enabled.has(feature)).map(([, name]) => name);
}

/** The version of the template language that experimental features need; `undefined` without them. */
export function experimentalVersion(unit: FileUnit): string | undefined {
  if (experimentalFeatures(unit).length === 0) return undefined;
  return unit.file.features.enabled.has("moduleExtensionConfigs") ? "2.2-experimental" : "2.1-experimental";
}

/** What the metadata of a template says about experimental features. */
export function experimentalMetadata(unit: FileUnit): MemberNode[] {
  const features = experimentalFeatures(unit);
  if (features.length === 0) return [];
  const { nodes } = unit;
  const place = { offset: 0, length: 0 };
  const names = features.map((name) => nodes.scalar(name, place));
  return [
    nodes.member("_EXPERIMENTAL_WARNING", nodes.scalar(WARNING, place), place),
    nodes.member("_EXPERIMENTAL_FEATURES_ENABLED", nodes.array(names, place), place),
  ];
}
