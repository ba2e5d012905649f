import { namespacesOf, type Namespaces } from "../functions/namespaces.ts";
import type { Report } from "../messages.ts";
import type { ScopeKind } from "../types/type.ts";
import type { BicepFile } from "../workspace/workspace.ts";
import { bind, type Bindings } from "./bind.ts";
import type { InheritedSymbol } from "./symbol.ts";
import { targetScopeOf } from "./target-scope.ts";

/** A file with what its names stand for. */
export interface BoundFile {
  readonly file: BicepFile;
  readonly targetScope: ScopeKind;
  readonly namespaces: Namespaces;
  readonly bindings: Bindings;
}

interface BindFileOptions {
  /** What a parameters file takes over from those it extends. */
  readonly inherited?: readonly InheritedSymbol[];
  readonly report?: Report;
}

/** Finds out what the names in `file` stand for. */
export function bindFile(
  file: BicepFile,
  { inherited = [], report = () => undefined }: BindFileOptions = {},
): BoundFile {
  const { tree, features } = file;
  const targetScope = targetScopeOf(tree.program);
  const namespaces = namespacesOf({ kind: tree.kind, targetScope, features });
  return { file, targetScope, namespaces, bindings: bind({ program: tree.program, namespaces, inherited, report }) };
}
