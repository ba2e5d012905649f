import type { SemanticCode } from "../../messages.ts";
import type { ResourceDeclaration, SyntaxNode } from "../../syntax/ast.ts";
import type { FileContext } from "../context.ts";

/** What the text behind the name of a resource says: a type of Azure, one of an extension, or nothing valid. */
export type ResourceReference =
  | { readonly kind: "azure"; readonly type: string; readonly apiVersion: string }
  | { readonly kind: "extension" }
  | { readonly kind: "faulty"; readonly code: SemanticCode | undefined; readonly detail: string };

const SEGMENT = "[A-Za-z0-9][A-Za-z0-9.-]*";
const REFERENCE = new RegExp(`^(?<type>${SEGMENT}(?:/${SEGMENT})*)(?:@(?<version>[A-Za-z0-9][A-Za-z0-9.-]+))?$`, "u");
const API_VERSION = /^\d{4}-\d{2}-\d{2}(?:-(?:preview|alpha|beta|rc|privatepreview))?$/iu;

/**
 * The type of a resource, completed by those of the resources it is nested in.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/bicep/resource-declaration
 */
export function referenceOf(context: FileContext, declaration: ResourceDeclaration): ResourceReference {
  const { type } = declaration;
  if (type.kind === "skipped") return { kind: "faulty", code: undefined, detail: "" };
  if (type.holes.length > 0) return { kind: "faulty", code: "BCP047", detail: "" };
  const [text = ""] = type.segments;
  const { namespace = "az", name = text } = /^(?<namespace>[^:]+):(?<name>.*)$/su.exec(text)?.groups ?? {};
  if (namespace === "az" || namespace === "sys") return ofAzure(context, declaration, name);
  return context.extensions.has(namespace)
    ? { kind: "extension" }
    : { kind: "faulty", code: "BCP208", detail: namespace };
}

function ofAzure(context: FileContext, declaration: ResourceDeclaration, name: string): ResourceReference {
  const reference = complete(context, declaration, name);
  // Any name may be that of a type of an extension.
  return reference.kind === "faulty" && context.extensions.size > 0 ? { kind: "extension" } : reference;
}

function complete(context: FileContext, declaration: ResourceDeclaration, text: string): ResourceReference {
  const { type, version } = REFERENCE.exec(text)?.groups ?? {};
  if (type === undefined) return invalid;
  const outer = enclosingResource(context, declaration);
  if (outer === undefined) return azure(type, version);
  const parent = outer.value.kind === "for" ? undefined : referenceOf(context, outer);
  if (parent?.kind !== "azure") {
    return parent?.kind === "extension" ? parent : { kind: "faulty", code: "BCP157", detail: "" };
  }
  if (type.includes("/")) return { kind: "faulty", code: "BCP156", detail: text };
  return azure(`${parent.type}/${type}`, version ?? parent.apiVersion);
}

const invalid: ResourceReference = { kind: "faulty", code: "BCP029", detail: "" };

function azure(type: string, version: string | undefined): ResourceReference {
  if (version === undefined || !API_VERSION.test(version) || !type.includes("/")) return invalid;
  return { kind: "azure", type, apiVersion: version };
}

/** The resource that another is written in. */
export function enclosingResource(context: FileContext, node: SyntaxNode): ResourceDeclaration | undefined {
  let outer = context.bindings.parents.get(node);
  while (outer !== undefined && outer.kind !== "resource") outer = context.bindings.parents.get(outer);
  return outer;
}
