import { toValue } from "../../src/expression/convert.ts";
import { printNode } from "../../src/expression/print.ts";
import type { LoweredParameter, LoweredParameters } from "../../src/sources/bicep/lower/lower-parameters.ts";
import { lower } from "../../src/sources/bicep/lower/lower.ts";
import { toJson } from "../../src/sources/arm/template/to-json.ts";
import { confinedFiles } from "../../src/sources/bicep/workspace/confined-files.ts";
import { loadWorkspace } from "../../src/sources/bicep/workspace/workspace.ts";
import type { Compiled } from "./bicep-oracle.ts";

/**
 * What our own front end makes of a file, in the form that Microsoft's compiler gives.
 *
 * @param edit changes the text of the file before it is read
 */
export function compileNatively(root: string, path: string, edit?: (text: string) => string): Compiled {
  const files = confinedFiles({ root, moduleFolders: [], environment: new Map() });
  const read = (asked: string): Uint8Array | undefined => {
    const bytes = files.read(asked);
    if (edit === undefined || asked !== path || bytes === undefined) return bytes;
    return new TextEncoder().encode(edit(new TextDecoder().decode(bytes)));
  };
  const workspace = loadWorkspace(path, { ...files, read });
  if (workspace === undefined) throw new Error(`${path} does not exist`);
  const { template, parameters } = lower(workspace);
  return {
    template: template === undefined ? undefined : plain(toJson(template)),
    parameters: parameters === undefined ? undefined : plain(parametersJson(parameters)),
  };
}

/**
 * A template without what differs between equal ones: who made it and its hash; the order in which a resource names several of one
 * loop that it waits for, which the compiler leaves to chance.
 */
export function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value)
    .filter(([name]) => name !== "_generator")
    .map(([name, member]) => [name, name === "dependsOn" ? sorted(member) : comparable(member)]);
  return Object.fromEntries(entries);
}

function sorted(value: unknown): unknown {
  return Array.isArray(value) ? value.map(String).toSorted((left, right) => (left < right ? -1 : 1)) : value;
}

/** Where two JSON values differ first; `undefined` when they are equal. */
export function firstDifference(ours: unknown, theirs: unknown, path = "$"): string | undefined {
  if (Object.is(ours, theirs)) return undefined;
  if (typeof ours !== "object" || typeof theirs !== "object" || ours === null || theirs === null) {
    return `${path}: ${show(ours)} instead of ${show(theirs)}`;
  }
  const left = new Map(Object.entries(ours));
  const right = new Map(Object.entries(theirs));
  for (const name of new Set([...left.keys(), ...right.keys()])) {
    const difference = firstDifference(left.get(name), right.get(name), `${path}.${name}`);
    if (difference !== undefined) return difference;
  }
  return Array.isArray(ours) === Array.isArray(theirs) ? undefined : `${path}: an array on one side`;
}

function show(value: unknown): string {
  return (JSON.stringify(value) ?? "nothing").slice(0, 200);
}

function parametersJson({ parameters, externalInputs }: LoweredParameters): object {
  const definitions = [...externalInputs].map(([key, { kind, config }]) => {
    return [key, { kind: toValue(kind), ...(config === undefined ? {} : { config: toValue(config) }) }] as const;
  });
  return {
    $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#",
    contentVersion: "1.0.0.0",
    parameters: Object.fromEntries([...parameters].map(([name, parameter]) => [name, parameterJson(parameter)])),
    ...(definitions.length === 0 ? {} : { externalInputDefinitions: Object.fromEntries(definitions) }),
  };
}

function parameterJson(parameter: LoweredParameter): object {
  if (parameter.kind === "value") return { value: toValue(parameter.value) };
  if (parameter.kind === "expression") return { expression: `[${printNode(parameter.expression)}]` };
  const { vault, secretName, secretVersion } = parameter.reference;
  return {
    reference: { keyVault: { id: vault }, secretName, ...(secretVersion === undefined ? {} : { secretVersion }) },
  };
}

function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, member: unknown) => (typeof member === "bigint" ? Number(member) : member)),
  );
}
