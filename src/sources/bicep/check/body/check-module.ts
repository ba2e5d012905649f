import { objectOfBody } from "../../binder/collect.ts";
import type { ModuleDeclaration } from "../../syntax/ast.ts";
import { ANY } from "../../types/type.ts";
import type { FileContext } from "../context.ts";
import { checkDecorators } from "../decorators.ts";
import { memberNamed } from "../members.ts";
import { checkModuleScope } from "../rules/scopes.ts";
import { checkBody } from "./check-body.ts";
import { typeOfModule } from "./module-type.ts";

/** Checks a module: the file it names, and what it is given. */
export function checkModule(context: FileContext, declaration: ModuleDeclaration): void {
  checkDecorators(context, declaration, { type: ANY });
  const { value } = declaration;
  const model = context.modelOf(declaration);
  if (model === "missing") {
    // The compiler does not look at what a file that is not there is given.
    context.withdraw(value);
    return;
  }
  if (value.kind !== "skipped") context.typeOf(value);
  checkModuleScope(context, declaration);
  checkParamsWritten(context, declaration);
  const whole = typeOfModule(context, declaration);
  const type = whole.kind === "array" ? whole.item() : whole;
  if (type.kind === "module" && value.kind !== "skipped") {
    checkBody(context, { body: value, target: type.body });
  }
}

/** The parameters of a module are converted one by one, so that they must be written out. */
function checkParamsWritten(context: FileContext, { value }: ModuleDeclaration): void {
  const body = objectOfBody(value);
  const params = body === undefined ? undefined : memberNamed(body, "params")?.value;
  if (params === undefined || params.kind === "object" || params.kind === "skipped") return;
  context.report("BCP183", params, ["params"]);
}
