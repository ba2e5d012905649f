import type {
  Declaration,
  DeclarationBody,
  ExtensionDeclaration,
  Identifier,
  ImportDeclaration,
  ObjectLiteral,
  Program,
} from "../syntax/ast.ts";
import type { DeclaredSymbol, FileSymbol, ImportedSymbol, NamedDeclaration } from "./symbol.ts";

/** What the declarations of a file declare, in their order; nested resources are not among them. */
export function collectSymbols(program: Program): FileSymbol[] {
  return program.declarations.flatMap((declaration) => symbolsOf(declaration));
}

/** What the nested resources of the body of a resource declare. */
export function collectNested(body: ObjectLiteral): DeclaredSymbol[] {
  return body.resources.map((declaration) => declared(declaration.name, declaration));
}

/** The object that the body of a resource or module comes to, conditions and loops taken off. */
export function objectOfBody(body: DeclarationBody | ObjectLiteral): ObjectLiteral | undefined {
  if (body.kind === "object") return body;
  if (body.kind === "if") return body.body.kind === "object" ? body.body : undefined;
  if (body.kind !== "for") return undefined;
  return body.body.kind === "object" || body.body.kind === "if" ? objectOfBody(body.body) : undefined;
}

function symbolsOf(declaration: Declaration): FileSymbol[] {
  switch (declaration.kind) {
    case "import":
      return importedSymbols(declaration);
    case "extension":
      return extensionSymbols(declaration);
    case "extensionConfig":
    case "extends":
    case "missingDeclaration":
    case "targetScope":
    case "using":
      return [];
    default:
      return [declared(declaration.name, declaration)];
  }
}

function declared(place: Identifier, declaration: NamedDeclaration): DeclaredSymbol {
  return { kind: "declared", name: place.name, place, declaration };
}

function extensionSymbols(declaration: ExtensionDeclaration): FileSymbol[] {
  const { alias, specification } = declaration;
  const place = alias ?? (specification.kind === "identifier" ? specification : undefined);
  return place === undefined ? [] : [declared(place, declaration)];
}

function importedSymbols(declaration: ImportDeclaration): FileSymbol[] {
  const { target } = declaration;
  if (target.kind === "skipped") return [];
  if (target.kind === "importWildcard") {
    return [{ kind: "wildcard", name: target.alias.name, place: target.alias, target, declaration }];
  }
  return target.items.flatMap((item): ImportedSymbol[] => {
    const { original, alias } = item;
    const place = alias ?? (original.kind === "identifier" ? original : undefined);
    if (place === undefined) return [];
    const text = original.kind === "string" && original.holes.length === 0 ? original.segments[0] : undefined;
    const name = original.kind === "identifier" ? original.name : text;
    return [{ kind: "imported", name: place.name, place, original: name, item, declaration }];
  });
}
