import type { MemberNode } from "../../arm/template/node.ts";
import type { ExtensionDeclaration } from "../syntax/ast.ts";
import type { Lowerer } from "./lowerer.ts";
import type { ResourceInfo } from "./resource-table.ts";
import type { FileUnit } from "./unit.ts";

/** The extensions that the compiler brings along, by the name that files give. */
const BUILT_IN: ReadonlyMap<string, { readonly provider: string; readonly version: string }> = new Map([
  ["kubernetes", { provider: "Kubernetes", version: "1.0.0" }],
]);

const START = { offset: 0, length: 0 };

function declarationsOf({ file }: FileUnit): ExtensionDeclaration[] {
  return file.tree.program.declarations.filter((declaration) => declaration.kind === "extension");
}

function specificationOf({ specification }: ExtensionDeclaration): string {
  if (specification.kind === "identifier") return specification.name;
  return specification.kind === "string" ? specification.segments.join("") : "";
}

/** Under which name a file uses an extension. */
function aliasOf(declaration: ExtensionDeclaration): string {
  return declaration.alias?.name ?? specificationOf(declaration);
}

/** The member `imports` of a template: the extensions it uses. */
export function extensionsMember(lowerer: Lowerer): MemberNode[] {
  const { unit } = lowerer;
  const { nodes } = unit;
  const members = declarationsOf(unit).map((declaration) => {
    const name = specificationOf(declaration);
    const known = BUILT_IN.get(name) ?? { provider: name, version: "" };
    const { config } = declaration;
    const described = [
      nodes.member("provider", nodes.scalar(known.provider, declaration), declaration),
      nodes.member("version", nodes.scalar(known.version, declaration), declaration),
    ];
    if (config?.kind === "object") described.push(nodes.member("config", lowerer.value(config), config));
    return nodes.member(aliasOf(declaration), nodes.object(described, declaration), declaration);
  });
  return members.length === 0 ? [] : [nodes.member("imports", nodes.object(members, START), START)];
}

/** The name of the extension that a resource belongs to. Which one has the type is only known when there is one alone. */
export function extensionOf(unit: FileUnit, { declaration }: ResourceInfo): string | undefined {
  const aliases = declarationsOf(unit).map(aliasOf);
  const written = declaration.type.kind === "string" ? (declaration.type.segments[0] ?? "") : "";
  const prefix = /^(?<alias>\w+):/u.exec(written)?.groups?.["alias"];
  return aliases.find((alias) => alias === prefix) ?? aliases[0];
}
