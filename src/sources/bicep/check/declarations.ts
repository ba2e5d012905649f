import type {
  AssertDeclaration,
  Decorator,
  Declaration,
  FunctionDeclaration,
  MetadataDeclaration,
  MissingDeclaration,
  OutputDeclaration,
  ParameterDeclaration,
  TargetScopeDeclaration,
  TypeDeclaration,
  VariableDeclaration,
} from "../syntax/ast.ts";
import { SCOPE_NAMES } from "../binder/target-scope.ts";
import { isAssignable } from "../types/assignable.ts";
import { describe } from "../types/describe.ts";
import { ANY, BOOL, ERROR, stringLiteral } from "../types/type.ts";
import { unionOf, withoutNull } from "../types/union.ts";
import { checkModule } from "./body/check-module.ts";
import { checkResource } from "./body/check-resource.ts";
import { checkTest } from "./body/check-test.ts";
import { checkConstant } from "./constant.ts";
import type { FileContext } from "./context.ts";
import { checkType } from "./check-type.ts";
import { checkDecorators } from "./decorators.ts";
import { modify } from "./declare/modify.ts";
import { checkMissing } from "./missing-declaration.ts";
import { checkValue } from "./narrow/narrow.ts";
import { checkDefault } from "./parameter-default.ts";

/** Checks a declaration of a file, its decorators included. */
export function checkDeclaration(context: FileContext, declaration: Declaration): void {
  switch (declaration.kind) {
    case "parameter":
      checkParameter(context, declaration);
      break;
    case "variableDeclaration":
      checkVariable(context, declaration);
      break;
    case "output":
      checkOutput(context, declaration);
      break;
    case "typeDeclaration":
      checkTypeDeclaration(context, declaration);
      break;
    case "function":
      checkFunction(context, declaration);
      break;
    case "resource":
      checkResource(context, declaration);
      break;
    case "module":
      checkModule(context, declaration);
      break;
    default:
      checkOther(context, declaration);
  }
}

type Other = Exclude<
  Declaration,
  {
    readonly kind:
      | "function"
      | "module"
      | "output"
      | "parameter"
      | "resource"
      | "typeDeclaration"
      | "variableDeclaration";
  }
>;

function checkOther(context: FileContext, declaration: Other): void {
  switch (declaration.kind) {
    case "targetScope":
      checkTargetScope(context, declaration);
      break;
    case "metadata":
      checkMetadata(context, declaration);
      break;
    case "assert":
      checkAssert(context, declaration);
      break;
    case "test":
      checkTest(context, declaration);
      break;
    case "missingDeclaration":
      checkMissingDeclaration(context, declaration);
      break;
    case "extends":
    case "parameterAssignment":
    case "using":
      checkUndecorated(context, declaration);
      break;
    case "extension":
      checkDecorators(context, declaration, { type: ANY });
      if (declaration.config !== undefined) context.typeOf(declaration.config);
      break;
    default:
  }
}

function checkParameter(context: FileContext, declaration: ParameterDeclaration): void {
  checkType(context, declaration.type);
  const type = context.parameterType(declaration);
  const declared = modify(context, context.declaredType(declaration.type), declaration);
  checkDecorators(context, declaration, { type: declared, typeNode: declaration.type });
  if (declaration.default !== undefined) checkDefault(context, { declaration, value: declaration.default, type });
}

function checkVariable(context: FileContext, declaration: VariableDeclaration): void {
  const { type: typeNode, value } = declaration;
  if (typeNode === undefined) {
    const type = context.typeOf(value);
    if (type.kind === "namespace") context.report("BCP041", value, [type.name]);
    checkDecorators(context, declaration, { type });
    return;
  }
  checkType(context, typeNode);
  const type = modify(context, context.declaredType(typeNode), declaration);
  checkDecorators(context, declaration, { type, typeNode });
  if (type.kind === "error") context.typeOf(value);
  else checkValue(context, value, type);
}

function checkOutput(context: FileContext, declaration: OutputDeclaration): void {
  const { type: typeNode, value } = declaration;
  checkType(context, typeNode);
  const type = modify(context, context.declaredType(typeNode), declaration);
  checkDecorators(context, declaration, { type, typeNode });
  if (type.kind === "error") context.typeOf(value);
  else checkValue(context, value, type);
}

function checkTypeDeclaration(context: FileContext, declaration: TypeDeclaration): void {
  const { name, value } = declaration;
  if (name.name === "resource") context.report("BCP301", name, [name.name]);
  checkType(context, value);
  const type = context.aliasType(declaration);
  checkDecorators(context, declaration, { type, typeNode: value });
}

function checkFunction(context: FileContext, declaration: FunctionDeclaration): void {
  const { lambda } = declaration;
  if (lambda.kind === "skipped") return;
  for (const parameter of lambda.parameters) checkType(context, parameter.type);
  checkType(context, lambda.returnType);
  const { parameters, returns } = context.functionType(declaration);
  checkDecorators(context, declaration, { type: { kind: "lambda", parameters, optional: [], returns } });
  checkValue(context, lambda.body, returns);
}

/** Reports the first decorator where there may be none. */
function checkUndecorated(
  context: FileContext,
  { decorators: [decorator] }: { readonly decorators: readonly Decorator[] },
): void {
  if (decorator !== undefined) context.report("BCP130", decorator);
}

function checkTargetScope(context: FileContext, { decorators, keyword, value }: TargetScopeDeclaration): void {
  checkUndecorated(context, { decorators });
  const same = context.file.tree.program.declarations.filter(({ kind }) => kind === "targetScope");
  if (same.length > 1) context.report("BCP112", keyword);
  checkConstant(context, value);
  const { localDeploy, desiredStateConfiguration } = context.file.features;
  if (localDeploy || desiredStateConfiguration) return;
  checkValue(context, value, unionOf(SCOPE_NAMES.map((name) => stringLiteral(name))));
}

function checkMetadata(context: FileContext, declaration: MetadataDeclaration): void {
  const { name, value } = declaration;
  if (name.name.startsWith("_")) context.report("BCP268", name, [name.name]);
  const type = context.typeOf(value);
  if (type.kind === "error") return;
  if (type.kind === "namespace") context.report("BCP041", value, [type.name]);
  checkDecorators(context, declaration, { type });
  checkConstant(context, value);
}

function checkAssert(context: FileContext, declaration: AssertDeclaration): void {
  if (!context.file.features.assertions) context.report("BCP349", declaration);
  const type = context.typeOf(declaration.value);
  if (type.kind === "error") return;
  if (!isAssignable(withoutNull(type) ?? type, BOOL)) {
    context.report("BCP350", declaration.value, [describe(type)]);
    return;
  }
  checkDecorators(context, declaration, { type: BOOL });
}

function checkMissingDeclaration(context: FileContext, declaration: MissingDeclaration): void {
  checkDecorators(context, declaration, { type: ERROR });
  checkMissing(context, declaration);
}
