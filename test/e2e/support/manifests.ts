import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { ROOT } from "./run-bundle.ts";

interface ActionManifest {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly runs: { readonly using: string; readonly main: string };
}

interface TaskManifest {
  readonly inputs: readonly { readonly name: string; readonly defaultValue: string }[];
  readonly outputVariables: readonly { readonly name: string }[];
  readonly execution: Readonly<Record<string, { readonly target: string }>>;
  readonly restrictions: { readonly settableVariables: { readonly allowed: readonly string[] } };
}

/** `action.yml` as the runner reads it. */
export function readActionManifest(): ActionManifest {
  return parse(readFileSync(join(ROOT, "action.yml"), "utf8")) as ActionManifest;
}

/** `task/task.json` as the agent reads it. */
export function readTaskManifest(): TaskManifest {
  return JSON.parse(readFileSync(join(ROOT, "task/task.json"), "utf8")) as TaskManifest;
}

/** The defaults of the action with their expressions worked out, as the runner passes them on. */
export function actionDefaults(expressions: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(readActionManifest().inputs).flatMap(([name, { default: text }]) =>
    text === undefined ? [] : [[name, text]],
  );
  return Object.fromEntries(
    entries.map(([name, text]) => [
      name,
      String(text).replaceAll(/\$\{\{\s*(?<key>[^}]+?)\s*\}\}/g, (_, key: string) => expressions[key] ?? ""),
    ]),
  ) as Record<string, string>;
}
