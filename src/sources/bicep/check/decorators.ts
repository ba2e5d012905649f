import type { BuiltInDecorator } from "../functions/decorators.ts";
import type { Decorator, FunctionCall, InstanceCall, SyntaxNode, TypeExpression } from "../syntax/ast.ts";
import { isAssignable } from "../types/assignable.ts";
import { describe } from "../types/describe.ts";
import { ARRAY, INT, OBJECT, STRING, arrayOf, type BicepType } from "../types/type.ts";
import { isLiteral, literalOf, membersOf, unionOf, withoutNull } from "../types/union.ts";
import type { BicepSymbol } from "../binder/symbol.ts";
import { findPlacementFault, targetOf } from "../binder/placement.ts";
import { checkConstant } from "./constant.ts";
import type { FileContext } from "./context.ts";
import { argumentTypes, checkDecoratorCall } from "./infer/arguments.ts";
import { modify } from "./declare/modify.ts";
import { checkValue } from "./narrow/narrow.ts";

/** What decorators stand before. */
export interface DecoratorTargetType {
  readonly type: BicepType;
  /** How the type is written, where it is. */
  readonly typeNode?: TypeExpression;
}

interface Decorated {
  readonly decorators: readonly Decorator[];
}

/** Checks the decorators before a declaration, or before a member of a type. */
export function checkDecorators(context: FileContext, node: Decorated & SyntaxNode, target: DecoratorTargetType): void {
  const known = new Map<string, Decorator[]>();
  for (const decorator of node.decorators) {
    const found = checkDecorator(context, { decorator, node }, target);
    if (found !== undefined) known.set(found.name, [...(known.get(found.name) ?? []), decorator]);
  }
  for (const [name, same] of known) {
    if (same.length > 1) for (const decorator of same) context.report("BCP166", decorator, [name]);
  }
}

interface Placed {
  readonly decorator: Decorator;
  readonly node: SyntaxNode;
}

/** The decorator of the language that is called, when the call is sound. */
function checkDecorator(
  context: FileContext,
  { decorator, node }: Placed,
  target: DecoratorTargetType,
): BuiltInDecorator | undefined {
  const { expression } = decorator;
  if (expression.kind !== "call" && expression.kind !== "instanceCall") {
    checkNotCalled(context, expression);
    return undefined;
  }
  const called = calledDecorator(context, expression, node);
  if (called === undefined) return undefined;
  if (!checkDecoratorCall(context, expression, called)) return undefined;
  for (const { value } of expression.arguments) checkConstant(context, value);
  if (target.type.kind !== "error") {
    checkAttached(context, { decorator, called }, target);
    checkRules(context, { called, call: expression, decorator }, { ...target, node });
  }
  return called;
}

function checkNotCalled(context: FileContext, expression: Decorator["expression"]): void {
  if (expression.kind === "skipped") return;
  const symbol = context.bindings.uses.get(expression);
  const isValue = expression.kind === "variable" && symbol !== undefined;
  if (isValue && ["declared", "imported", "local", "namespace", "wildcard"].includes(symbol.kind)) {
    context.report("BCP141", expression);
  } else context.typeOf(expression);
}

function calledDecorator(
  context: FileContext,
  expression: FunctionCall | InstanceCall,
  node: SyntaxNode,
): BuiltInDecorator | undefined {
  const { name } = expression.name;
  if (expression.kind === "call") {
    const symbol = context.bindings.uses.get(expression);
    if (symbol?.kind === "decorator") return context.namespaces.decorators.get(name);
    argumentTypes(context, expression);
    if (symbol !== undefined) reportNotDecorator(context, expression, symbol);
    return undefined;
  }
  const base = context.typeOf(expression.base);
  const called = base.kind === "namespace" && base.name === "sys" ? context.namespaces.decorators.get(name) : undefined;
  if (called === undefined) {
    const isCallable = context.typeOf(expression).kind !== "error" && base.kind === "namespace";
    if (isCallable && base.functions === undefined) context.report("BCP152", expression.name, [name]);
    return undefined;
  }
  const fault = findPlacementFault(called, { kind: "decorator", target: targetOf(node) });
  if (fault === undefined) return called;
  context.report(fault, expression.name, [name]);
  return undefined;
}

function reportNotDecorator(context: FileContext, { name }: FunctionCall, symbol: BicepSymbol): void {
  if (symbol.kind !== "declared" && symbol.kind !== "namespace") return;
  const isFunction = symbol.kind === "declared" && symbol.declaration.kind === "function";
  const { decorators, findFunction } = context.namespaces;
  const isShadowing = decorators.has(name.name) || findFunction(name.name) !== undefined;
  context.report(isFunction ? "BCP141" : isShadowing ? "BCP265" : "BCP059", name, [name.name, "sys"]);
}

const ATTACHABLE: Readonly<Record<Exclude<BuiltInDecorator["attachable"], "any">, BicepType>> = {
  "array|string": unionOf([ARRAY, STRING]),
  int: INT,
  object: OBJECT,
  "string|object": unionOf([OBJECT, STRING]),
};

function checkAttached(
  context: FileContext,
  { decorator, called }: { readonly decorator: Decorator; readonly called: BuiltInDecorator },
  { type }: DecoratorTargetType,
): void {
  if (called.attachable === "any") return;
  const attachable = ATTACHABLE[called.attachable];
  const target = withoutNull(type) ?? type;
  if (isAssignable(target, attachable)) return;
  context.report("BCP124", decorator, [called.name, describe(attachable), describe(type)]);
}

interface Attached {
  readonly called: BuiltInDecorator;
  readonly call: FunctionCall | InstanceCall;
  readonly decorator: Decorator;
}

type Target = DecoratorTargetType & { readonly node: SyntaxNode };

function checkRules(context: FileContext, attached: Attached, target: Target): void {
  const { decorator, called, call } = attached;
  switch (called.name) {
    case "minLength":
    case "maxLength":
      checkNotLiteral(context, attached, target);
      checkLength(context, call);
      break;
    case "minValue":
    case "maxValue":
      checkNotLiteral(context, attached, target);
      break;
    case "allowed":
      checkAllowed(context, attached, target);
      break;
    case "export":
      if (isMember(target.node)) context.report("BCP361", decorator);
      break;
    case "sealed":
      checkSealed(context, decorator, target);
      break;
    case "discriminator":
      if (!isDiscriminated(target)) context.report("BCP363", decorator);
      break;
    case "batchSize":
      checkBatchSize(context, attached, target);
      break;
    default:
  }
}

function checkNotLiteral(context: FileContext, { decorator, called }: Attached, { type, typeNode }: Target): void {
  const members = membersOf(withoutNull(type) ?? type);
  const isWritten = typeNode !== undefined && members.length > 0 && members.every((member) => isLiteral(member));
  if (isWritten) context.report("BCP295", decorator, [called.name]);
}

function checkLength(context: FileContext, call: FunctionCall | InstanceCall): void {
  const [argument] = call.arguments;
  const length = argument === undefined ? undefined : literalOf(context.typeOf(argument.value));
  if (argument !== undefined && typeof length === "bigint" && length < 0n) context.report("BCP168", argument);
}

function checkAllowed(context: FileContext, { call, decorator, called }: Attached, { typeNode }: Target): void {
  const list = call.arguments[0]?.value;
  if (list?.kind !== "array" || typeNode === undefined) return;
  const declared = context.declaredType(typeNode);
  if (declared.kind === "error") return;
  const type = withoutNull(declared) ?? declared;
  if (membersOf(type).every((member) => isLiteral(member)) && type.kind !== "never") {
    context.report("BCP295", decorator, [called.name]);
    return;
  }
  if (list.items.length === 0) {
    context.report("BCP099", list);
    return;
  }
  const isItems = type.kind === "array" && !list.items.every((item) => isAssignable(context.typeOf(item.value), type));
  checkValue(context, list, isItems ? type : arrayOf(modifiedItem(context, typeNode, type)));
}

/** The values that are allowed are checked against the type with its other decorators. */
function modifiedItem(context: FileContext, typeNode: TypeExpression, type: BicepType): BicepType {
  const owner = context.bindings.parents.get(typeNode);
  return owner?.kind === "parameter" ? modify(context, type, owner) : type;
}

function checkSealed(context: FileContext, decorator: Decorator, { typeNode }: Target): void {
  const type = typeNode === undefined ? undefined : context.declaredType(typeNode);
  if (type?.kind === "object" && type.additional?.fallback === false && typeNode?.kind === "objectType") {
    context.report("BCP316", decorator);
  }
}

function isMember({ kind }: SyntaxNode): boolean {
  return kind === "typeMember" || kind === "typeMemberRest" || kind === "tupleItem";
}

function isDiscriminated({ type }: Target): boolean {
  return (withoutNull(type) ?? type).kind === "discriminated";
}

function checkBatchSize(context: FileContext, { call, decorator, called }: Attached, { node }: Target): void {
  const isLoop = (node.kind === "resource" || node.kind === "module") && node.value.kind === "for";
  if (!isLoop) {
    context.report("BCP155", decorator, [called.name]);
    return;
  }
  const [argument] = call.arguments;
  const size = argument === undefined ? undefined : literalOf(context.typeOf(argument.value));
  if (argument !== undefined && typeof size === "bigint" && size < 1n) {
    context.report("BCP154", argument, [String(size), "1"]);
  }
}
