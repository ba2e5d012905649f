import type { TypeDeclaration } from "../../syntax/ast.ts";
import { ERROR, type BicepType } from "../../types/type.ts";
import type { FileContext } from "../context.ts";
import { fault } from "../fault.ts";
import { findContainedCycles, findDirectCycles, type AliasCycles } from "./alias-cycles.ts";
import { modify } from "./modify.ts";
import { nameList } from "../name-list.ts";

/** The types that a file declares. Each is worked out once; one that needs itself is faulty. */
export class AliasTypes {
  readonly #context: FileContext;
  readonly #types = new Map<TypeDeclaration, BicepType>();
  #direct: AliasCycles | undefined;
  #contained: AliasCycles | undefined;

  constructor(context: FileContext) {
    this.#context = context;
  }

  get(declaration: TypeDeclaration): BicepType {
    const known = this.#types.get(declaration);
    if (known !== undefined) return known;
    // Until it is known, a type that asks for itself gets nothing.
    this.#types.set(declaration, ERROR);
    const type = this.#work(declaration);
    this.#types.set(declaration, type);
    return type;
  }

  /** Reports the types that contain themselves, which are known only when all others are. */
  checkCycles(): void {
    const context = this.#context;
    this.#contained = findContainedCycles(context);
    for (const [declaration, cycle] of this.#contained) {
      this.#types.set(declaration, ERROR);
      reportCycle(context, declaration, cycle);
    }
  }

  #work(declaration: TypeDeclaration): BicepType {
    const context = this.#context;
    this.#direct ??= findDirectCycles(context);
    const cycle = this.#direct.get(declaration);
    if (cycle !== undefined) return reportCycle(context, declaration, cycle);
    return modify(context, context.declaredType(declaration.value), declaration);
  }
}

function reportCycle(
  context: FileContext,
  { name }: TypeDeclaration,
  cycle: readonly { readonly name: string }[],
): BicepType {
  if (cycle.length === 1) return fault(context, ["BCP298", name]);
  return fault(
    context,
    ["BCP299", name],
    nameList(
      cycle.map((symbol) => symbol.name),
      " -> ",
    ),
  );
}
