import type { ArmValue } from "../../../expression/arm-value.ts";
import { ArmObject } from "../../../expression/arm-value.ts";
import type { ExpressionNode } from "../../../expression/ast.ts";
import { foldName } from "../../../expression/dotnet/casing.ts";
import type { Evaluator } from "../../../expression/evaluate.ts";
import type { Evaluation } from "../../../expression/evaluation.ts";
import {
  NOWHERE,
  type RuntimeAnswer,
  type RuntimeCall,
  type Scope,
  type UserFunction,
} from "../../../expression/scope.ts";
import { Symbols, type Definition } from "../../../expression/symbols.ts";
import { Unknown } from "../../../expression/value.ts";
import type { InheritedSymbol } from "../binder/symbol.ts";
import type { FunctionDeclaration, ParameterAssignment, VariableDeclaration } from "../syntax/ast.ts";
import { loadContent } from "./file-content.ts";
import type { ImportClosure } from "./import-closure.ts";
import { qualified } from "./imported-name.ts";
import { BASE_VARIABLE } from "./inherited.ts";
import type { Lowerer } from "./lowerer.ts";
import { toExpression } from "./nodes.ts";
import { typeSchema } from "./type-schema.ts";

/** An assignment, with the file it stands in. */
export interface OwnedAssignment {
  readonly declaration: ParameterAssignment;
  readonly owner: ParametersFile;
}

/** What a parameters file is worked out with. */
interface Tools {
  readonly evaluator: Evaluator;
  readonly lowerer: Lowerer;
  readonly closure: ImportClosure;
  /** The file that it extends. */
  readonly base: ParametersFile | undefined;
}

/** A parameters file: what it assigns, and what that comes to. */
export class ParametersFile {
  readonly lowerer: Lowerer;
  readonly #tools: Tools;
  readonly #scope: Scope;

  constructor(tools: Tools) {
    this.lowerer = tools.lowerer;
    this.#tools = tools;
    this.#scope = {
      place: "variable",
      parameters: new Symbols(this.#parameters()),
      variables: new Symbols(this.#variables()),
      functions: new Map(this.#functions()),
      deployment: NOWHERE,
      runtime: (call) => answer(call),
    };
  }

  /** All assignments: its own, and those that it takes over. */
  assignments(): ReadonlyMap<string, OwnedAssignment> {
    const all = new Map<string, OwnedAssignment>();
    for (const declaration of this.lowerer.unit.file.tree.program.declarations) {
      if (declaration.kind === "parameterAssignment") all.set(declaration.name.name, { declaration, owner: this });
    }
    for (const [name, assignment] of this.#tools.base?.assignments() ?? []) {
      if (!all.has(name)) all.set(name, assignment);
    }
    return all;
  }

  /** The names that a file which extends this one can use. */
  inheritedSymbols(): InheritedSymbol[] {
    const variables = this.lowerer.unit.bindings.symbols.filter(
      (symbol) => symbol.kind === "declared" && symbol.declaration.kind === "variableDeclaration",
    );
    return [
      { kind: "inherited", name: "base", assigned: "all" },
      ...[...this.assignments().keys()].map((name): InheritedSymbol => ({
        kind: "inherited",
        name,
        assigned: "assignment",
      })),
      ...variables.map(({ name }): InheritedSymbol => ({ kind: "inherited", name, assigned: "variable" })),
    ];
  }

  /** What an expression of this file comes to. Never throws. */
  evaluate(expression: ExpressionNode): Evaluation {
    const { evaluator } = this.#tools;
    return evaluator.guard(() => evaluator.evaluate(expression, this.#scope));
  }

  *#parameters(): Iterable<readonly [string, Definition]> {
    for (const [name, { declaration, owner }] of this.assignments()) {
      yield [name, () => owner.evaluate(owner.lowerer.expression(declaration.value))];
    }
  }

  *#variables(): Iterable<readonly [string, Definition]> {
    const { lowerer, closure, base } = this.#tools;
    const { unit } = lowerer;
    if (base !== undefined) {
      yield [BASE_VARIABLE, () => base.#all()];
      for (const { name, assigned } of base.inheritedSymbols()) {
        if (assigned === "variable") yield [name, () => base.#variable(name)];
      }
    }
    for (const [node, name] of unit.fileVariables) {
      if (node.kind !== "call" && node.kind !== "instanceCall") continue;
      const { file, sources, nodes } = unit;
      yield [name, () => this.evaluate(toExpression(loadContent({ path: file.path, sources, nodes }, node)))];
    }
    for (const { name, source } of closure.declarations().variables) {
      if (source.kind === "declaration") yield [name, () => this.#value(source.lowerer, source.declaration)];
      else yield [name, () => this.evaluate(toExpression(source.value))];
    }
    for (const symbol of unit.bindings.symbols) {
      if (symbol.kind !== "declared" || symbol.declaration.kind !== "variableDeclaration") continue;
      const { declaration } = symbol;
      yield [symbol.name, () => this.#value(lowerer, declaration)];
    }
  }

  #value(lowerer: Lowerer, { value }: VariableDeclaration): Evaluation {
    return this.evaluate(lowerer.expression(value));
  }

  #variable(name: string): Evaluation {
    const value = this.#scope.variables.get(name);
    return { ok: true, value: value ?? null };
  }

  #all(): Evaluation {
    const members: [string, ArmValue][] = [];
    for (const name of this.assignments().keys()) members.push([name, this.#scope.parameters.get(name) ?? null]);
    return { ok: true, value: ArmObject.of(members) };
  }

  *#functions(): Iterable<readonly [string, UserFunction]> {
    const { lowerer, closure } = this.#tools;
    for (const symbol of lowerer.unit.bindings.symbols) {
      if (symbol.kind !== "declared" || symbol.declaration.kind !== "function") continue;
      yield* this.#userFunction(lowerer, symbol.declaration, symbol.name);
    }
    for (const { name, source } of closure.declarations().functions) {
      if (source.kind === "declaration") yield* this.#userFunction(source.lowerer, source.declaration, name);
    }
  }

  *#userFunction(
    lowerer: Lowerer,
    { lambda }: FunctionDeclaration,
    written: string,
  ): Iterable<readonly [string, UserFunction]> {
    if (lambda.kind === "skipped") return;
    const { evaluator } = this.#tools;
    const name = qualified(written);
    const parameters = lambda.parameters.map((parameter) => ({
      name: parameter.name.name,
      type: typeSchema(lowerer, parameter.type).textOf("type") ?? "",
    }));
    const type = typeSchema(lowerer, lambda.returnType).textOf("type") ?? "";
    const body = lowerer.expression(lambda.body);
    const value = (scope: Scope): ArmValue => evaluator.evaluate(body, scope);
    yield [foldName(name), { name, parameters, output: { type, value } }];
  }
}

/** What the caller of the deployment supplies is known to nobody else. */
function answer({ key, args }: RuntimeCall): RuntimeAnswer | undefined {
  const [input] = args;
  if (key !== "EXTERNALINPUTS" || typeof input !== "string") return undefined;
  return { value: new Unknown("external", `externalInputs('${input}')`) };
}
