import type { FileKind } from "../syntax/parse.ts";
import type { ScopeKind } from "../types/type.ts";
import type { Features } from "../workspace/features.ts";
import {
  AZ_FUNCTIONS,
  AZ_INLINING_FUNCTIONS,
  AZ_PARAMETERS_FUNCTIONS,
  LIST_FUNCTION,
  SCOPE_FUNCTIONS,
} from "./az-functions.ts";
import { decoratorsOf, type BuiltInDecorator } from "./decorators.ts";
import { SignatureReader, type BuiltInFunction } from "./signature.ts";
import { BANNED_FUNCTIONS, SYS_DEFAULT_FUNCTIONS, SYS_FUNCTIONS, SYS_PARAMETERS_FUNCTIONS } from "./sys-functions.ts";

/** The names that the language gives to a file. */
export interface Namespaces {
  readonly names: ReadonlySet<string>;
  readonly types: ReadonlySet<string>;
  readonly decorators: ReadonlyMap<string, BuiltInDecorator>;
  /** Functions of ARM templates that Bicep refuses, with the code. */
  readonly banned: ReadonlyMap<string, string>;
  /** The function of this name, of either namespace or of the one given. */
  readonly findFunction: (name: string, namespace?: string) => BuiltInFunction | undefined;
  /** All names of functions, in order. */
  readonly functionNames: readonly string[];
}

/** The types that have a name of their own. */
const AMBIENT_TYPES = ["any", "array", "bool", "int", "object", "resourceInput", "resourceOutput", "string"];

/** What decides which functions there are. */
export interface LanguageContext {
  readonly kind: FileKind;
  readonly targetScope: ScopeKind;
  readonly features: Features;
}

/** The functions of a sort of file. */
interface FunctionTable {
  readonly byName: ReadonlyMap<string, BuiltInFunction>;
  /** `listKeys` and its like, whatever the name. */
  readonly list: BuiltInFunction | undefined;
  readonly names: readonly string[];
}

/** By kind of file and target scope; each is read once. */
const TABLES = new Map<string, FunctionTable>();

/** The namespaces `sys` and `az` as a file sees them. */
export function namespacesOf({ kind, targetScope, features }: LanguageContext): Namespaces {
  const key = kind === "template" ? targetScope : kind;
  const table = TABLES.get(key) ?? readTable(kind, targetScope);
  TABLES.set(key, table);
  const { byName, list, names } = table;
  const findFunction: Namespaces["findFunction"] = (name, namespace) => {
    const known = byName.get(name) ?? (name.startsWith("list") ? list : undefined);
    return namespace === undefined || known?.namespace === namespace ? known : undefined;
  };
  return {
    names: new Set(["az", "sys"]),
    types: new Set(AMBIENT_TYPES),
    decorators: decoratorsOf(features),
    banned: BANNED_FUNCTIONS,
    findFunction,
    functionNames: names,
  };
}

function readTable(kind: FileKind, targetScope: ScopeKind): FunctionTable {
  const reader = new SignatureReader();
  const functions = [
    ...reader.read(SYS_FUNCTIONS, "sys", "anywhere"),
    ...reader.read(SYS_DEFAULT_FUNCTIONS, "sys", "default"),
    ...(kind === "template" ? templateFunctions(reader, targetScope) : parametersFunctions(reader)),
  ];
  const byName = new Map(functions.map((candidate) => [candidate.name, candidate]));
  const [list] = reader.read([LIST_FUNCTION], "az", "inlining");
  return { byName, list: kind === "template" ? list : undefined, names: [...byName.keys()].sort() };
}

function templateFunctions(reader: SignatureReader, targetScope: ScopeKind): BuiltInFunction[] {
  return [
    ...reader.read(AZ_FUNCTIONS, "az", "anywhere"),
    ...reader.read(AZ_INLINING_FUNCTIONS, "az", "inlining"),
    ...reader.read(SCOPE_FUNCTIONS[targetScope], "az", "anywhere"),
  ];
}

function parametersFunctions(reader: SignatureReader): BuiltInFunction[] {
  return [
    ...reader.read(SYS_PARAMETERS_FUNCTIONS, "sys", "anywhere"),
    ...reader.read(AZ_PARAMETERS_FUNCTIONS, "az", "anywhere"),
  ];
}
