import type { TestDeclaration } from "../../syntax/ast.ts";
import type { ObjectType } from "../../types/type.ts";
import type { FileContext } from "../context.ts";
import { checkBody } from "./check-body.ts";
import { paramsOf, requiresSome } from "./module-type.ts";

/** Checks a test of the experimental test framework: the parameters that it gives to a file. */
export function checkTest(context: FileContext, declaration: TestDeclaration): void {
  if (!context.file.features.testFramework) context.report("BCP348", declaration);
  const { value } = declaration;
  const model = context.modelOf(declaration);
  if (value.kind === "skipped" || typeof model === "string") return;
  const params = paramsOf(model);
  const target: ObjectType = {
    kind: "object",
    name: "test",
    properties: new Map([["params", { type: () => params, writeOnly: true, required: requiresSome(params) }]]),
  };
  checkBody(context, { body: value, target });
}
