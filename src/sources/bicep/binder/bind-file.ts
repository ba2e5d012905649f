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

type Fault = Parameters<Report>;

/** Files are bound to be checked and to be lowered: what depends on nothing but the file is kept as long as the file is. */
const BOUND = new WeakMap<BicepFile, readonly [BoundFile, readonly Fault[]]>();

/** Finds out what the names in `file` stand for. */
export function bindFile(file: BicepFile, { inherited = [], report }: BindFileOptions = {}): BoundFile {
  const known = inherited.length === 0 ? BOUND.get(file) : undefined;
  const [bound, faults] = known ?? bindAnew(file, inherited);
  if (inherited.length === 0) BOUND.set(file, [bound, faults]);
  for (const fault of faults) report?.(...fault);
  return bound;
}

function bindAnew(file: BicepFile, inherited: readonly InheritedSymbol[]): readonly [BoundFile, readonly Fault[]] {
  const { tree, features } = file;
  const faults: Fault[] = [];
  const report: Report = (...fault) => {
    faults.push(fault);
  };
  const targetScope = targetScopeOf(tree.program);
  const namespaces = namespacesOf({ kind: tree.kind, targetScope, features });
  const bindings = bind({ program: tree.program, namespaces, inherited, report });
  return [{ file, targetScope, namespaces, bindings }, faults];
}
