import type { Decorator, Expression } from "../syntax/ast.ts";

/** What stands behind `@` before a declaration or a part of a type. */
export interface AppliedDecorator {
  readonly name: string;
  readonly arguments: readonly Expression[];
  readonly node: Decorator;
}

/** The decorators by their names; a namespace before a name means the same. */
export function appliedDecorators(decorators: readonly Decorator[]): AppliedDecorator[] {
  return decorators.flatMap((node) => {
    const { expression } = node;
    if (expression.kind !== "call" && expression.kind !== "instanceCall") return [];
    return [{ name: expression.name.name, arguments: expression.arguments.map(({ value }) => value), node }];
  });
}

/** The decorator of that name. */
export function decoratorOf(decorators: readonly Decorator[], name: string): AppliedDecorator | undefined {
  return appliedDecorators(decorators).find((decorator) => decorator.name === name);
}
