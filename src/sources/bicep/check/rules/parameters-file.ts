import type { ExtendsDeclaration, ParameterAssignment, SyntaxNode, UsingDeclaration } from "../../syntax/ast.ts";
import type { FileContext } from "../context.ts";
import type { FileModel } from "../model.ts";
import { nullable } from "../../types/union.ts";
import { checkTyped, checkValue } from "../narrow/narrow.ts";
import { nameList } from "../name-list.ts";

/** Checks a parameters file: the files it names, and the values it gives against the parameters of the template. */
export function checkParametersFile(context: FileContext): void {
  const using = checkHeader(context);
  const model = using === undefined || using.path === "none" ? "missing" : context.modelOf(using);
  const template = typeof model === "string" || model.kind === "parameters" ? undefined : model;
  for (const declaration of context.file.tree.program.declarations) {
    if (declaration.kind === "parameterAssignment") checkAssignment(context, declaration, template);
  }
  if (template === undefined || using === undefined) return;
  checkMissing(context, using, template);
  checkInherited(context, template);
}

/** Checks what is taken over from another file, and not given anew, against the parameters of this template. */
function checkInherited(context: FileContext, { parameters }: FileModel): void {
  const { declarations } = context.file.tree.program;
  const base = declarations.find((declaration) => declaration.kind === "extends");
  const own = new Set(declarations.map((each) => (each.kind === "parameterAssignment" ? each.name.name : undefined)));
  for (const [name, type] of context.base?.assignments ?? []) {
    const parameter = parameters.get(name);
    if (base === undefined || base.path.kind === "skipped" || parameter === undefined || own.has(name)) continue;
    checkTyped(context, { node: base.path, type }, nullable(parameter.type));
  }
}

/** The declaration of the template that the parameters are for; there must be one, and one base at most. */
function checkHeader(context: FileContext): UsingDeclaration | undefined {
  const { declarations } = context.file.tree.program;
  const usings = declarations.filter((declaration): declaration is UsingDeclaration => declaration.kind === "using");
  const [using] = usings;
  if (using === undefined || isNoPath(using)) context.report("BCP261", { offset: 0, length: 0 });
  else if (using.path !== "none" && using.path.kind === "skipped") context.report("BCP256", using.path);
  if (usings.length > 1) for (const { keyword } of usings) context.report("BCP262", keyword);
  const bases = declarations.filter((declaration): declaration is ExtendsDeclaration => declaration.kind === "extends");
  if (bases.length > 1) for (const { keyword } of bases) context.report("BCP405", keyword);
  return using;
}

/** Whether a word stands where a path should. */
function isNoPath({ path }: UsingDeclaration): boolean {
  const [first] = path === "none" || path.kind !== "skipped" ? [] : path.children;
  return first?.kind === "token" && /^[a-z_]/iu.test(first.text);
}

/** Reports the name of what is taken over in a file that takes over nothing. */
export function checkBase(context: FileContext, node: SyntaxNode): void {
  if (node.kind !== "variable" || node.name.name !== "base" || context.file.tree.kind !== "parameters") return;
  if (context.bindings.uses.get(node)?.kind === "unbound") context.report("BCP437", node);
}

function checkAssignment(context: FileContext, assignment: ParameterAssignment, template: FileModel | undefined): void {
  const { name, value } = assignment;
  const parameter = template?.parameters.get(name.name);
  if (template !== undefined && parameter === undefined && name.name !== "") {
    context.report("BCP259", assignment, [name.name]);
  }
  if (parameter === undefined) context.typeOf(value);
  // Null stands for no value: it is missing, or the default counts.
  else checkValue(context, value, nullable(parameter.type));
}

function checkMissing(context: FileContext, using: UsingDeclaration, template: FileModel): void {
  const inherited = [...(context.base?.assignments ?? [])].filter(([, { kind }]) => kind !== "null");
  const given = new Set<string>(inherited.map(([name]) => name));
  for (const declaration of context.file.tree.program.declarations) {
    if (declaration.kind !== "parameterAssignment") continue;
    const { name } = declaration.name;
    if (context.typeOf(declaration.value).kind === "null") given.delete(name);
    else given.add(name);
  }
  const missing = [...template.parameters].filter(([name, { required }]) => required && !given.has(name));
  if (missing.length === 0 || using.path === "none" || isBaseUnknown(context)) return;
  context.report("BCP258", using.path, [nameList(missing.map(([name]) => name))]);
}

/** Whether the file takes over assignments that are not known here. */
function isBaseUnknown(context: FileContext): boolean {
  return context.file.tree.program.declarations.some((declaration) => {
    return declaration.kind === "extends" && context.modelOf(declaration) === "unknown";
  });
}
