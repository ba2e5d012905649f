import type { Diagnostic } from "./diagnostic.ts";
import type { Span } from "./syntax/span.ts";

/**
 * What is wrong with what a file means, by the compiler's code. `{0}` and `{1}` stand for the details of the place.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/bicep/diagnostics/bicep-core-diagnostics
 */
const MESSAGES = {
  BCP025: 'The property "{0}" is declared more than once in this object.',
  BCP028: 'The name "{0}" is declared more than once.',
  BCP032: "The value must be a compile-time constant.",
  BCP033: 'Expected a value of type "{0}", but it is of type "{1}".',
  BCP034: 'The array expects items of type "{0}", but this one is of type "{1}".',
  BCP035: "These required properties are missing: {0}.",
  BCP036: 'The property "{0}" expects a value of type "{1}", but it is of type "{2}".',
  BCP037: 'The property "{0}" is not allowed on objects of type "{1}".',
  BCP040: 'Computed names of properties are not allowed on objects of type "{0}".',
  BCP041: 'A value of type "{0}" cannot be assigned to a variable.',
  BCP043: "This expression is not valid.",
  BCP044: 'The operator "{0}" cannot be applied to "{1}".',
  BCP045: 'The operator "{0}" cannot be applied to "{1}" and "{2}".',
  BCP046: 'Expected a value of type "{0}".',
  BCP048: 'No overload of the function takes a value of type "{0}" here.',
  BCP049: 'The index must be a string or an integer, not of type "{0}".',
  BCP050: "The path is empty.",
  BCP051: 'The path begins with "/"; only relative paths are allowed.',
  BCP052: 'The type "{0}" has no property "{1}".',
  BCP053: 'The type "{0}" has no property "{1}"; it has {2}.',
  BCP054: 'The type "{0}" has no properties.',
  BCP055: 'Only objects have properties, not values of type "{0}".',
  BCP057: 'The name "{0}" does not exist here.',
  BCP059: 'The name "{0}" is no function.',
  BCP060: 'The function "variables" is not supported; refer to variables by their names.',
  BCP061: 'The function "parameters" is not supported; refer to parameters by their names.',
  BCP062: 'The declaration of "{0}" is faulty.',
  BCP063: 'The name "{0}" is no parameter, variable, resource or module.',
  BCP065: 'The function "{0}" can only be called in the default value of a parameter.',
  BCP066: 'The function "{0}" can only be called in the declaration of a resource.',
  BCP067: 'Only objects have functions, not values of type "{0}".',
  BCP069: 'The function "{0}" is not supported; use an operator.',
  BCP070: 'A value of type "{0}" does not fit where "{1}" is expected.',
  BCP071: "Expected {0}, but got {1}.",
  BCP073: 'The property "{0}" is read-only.',
  BCP074: 'An index into an array must be an integer, not of type "{0}".',
  BCP075: 'An index into an object must be a string, not of type "{0}".',
  BCP076: 'Only arrays and objects can be indexed, not values of type "{0}".',
  BCP077: 'The property "{1}" of the type "{0}" is write-only.',
  BCP078: 'The property "{0}" is required, as it tells the kinds of this object apart.',
  BCP079: "This expression refers to its own declaration.",
  BCP080: "The expression is part of a cycle: {0}.",
  BCP082: 'The name "{0}" does not exist here. Is "{1}" meant?',
  BCP083: 'The type "{0}" has no property "{1}". Is "{2}" meant?',
  BCP084: 'The name "{0}" is reserved for a namespace.',
  BCP085: "The path contains a character that is not allowed.",
  BCP086: "The path ends with a character that is not allowed.",
  BCP088: 'The property "{0}" expects a value of type "{1}", but it is {2}. Is "{3}" meant?',
  BCP089: 'The property "{0}" is not allowed on objects of type "{1}". Is "{2}" meant?',
  BCP091: 'The file "{0}" cannot be read.',
  BCP098: 'The path contains a backslash; use "/".',
  BCP100: 'The function "if" is not supported; use the "?:" operator.',
  BCP101: 'The function "createArray" is not supported; write the array in "[]".',
  BCP102: 'The function "createObject" is not supported; write the object in "{}".',
  BCP107: 'The namespace "{1}" has no function "{0}".',
  BCP108: 'The namespace "{1}" has no function "{0}". Is "{2}" meant?',
  BCP109: 'The type "{1}" has no function "{0}".',
  BCP110: 'The type "{1}" has no function "{0}". Is "{2}" meant?',
  BCP111: "The path contains a control character.",
  BCP125: 'The function "{0}" is no decorator for parameters.',
  BCP126: 'The function "{0}" is no decorator for variables.',
  BCP127: 'The function "{0}" is no decorator for resources.',
  BCP128: 'The function "{0}" is no decorator for modules.',
  BCP129: 'The function "{0}" is no decorator for outputs.',
  BCP137: 'A loop needs an array, not a value of type "{0}".',
  BCP145: 'The output "{0}" is declared more than once.',
  BCP152: 'The function "{0}" is no decorator.',
  BCP158: 'The "::" operator needs a resource before it.',
  BCP159: 'The resource "{0}" has no nested resource "{1}".',
  BCP176: 'A value of type "any" is not allowed here.',
  BCP184: "The file is longer than {0} characters.",
  BCP186: "The text is no well-formed JSON.",
  BCP235: "The JSON path matches nothing in the file.",
  BCP265: 'The name "{0}" is no function; the built-in function can be called as "{1}.{0}".',
  BCP269: 'The function "{0}" is no decorator for metadata.',
  BCP275: 'The path "{0}" is that of a folder; a file is expected.',
  BCP288: 'The name "{0}" is a type and no value.',
  BCP297: 'The function "{0}" is no decorator for types.',
  BCP302: 'The name "{0}" is no type.',
  BCP309: 'A value of type "{0}" cannot be flattened, as "{1}" is no array.',
  BCP311: 'The index {1} is out of the bounds of "{0}".',
  BCP327: "The value, at least {0}, is too large: at most {1} is allowed.",
  BCP328: "The value, at most {0}, is too small: at least {1} is required.",
  BCP332: "The value, of length {0} at least, is too long: at most {1} is allowed.",
  BCP333: "The value, of length {0} at most, is too short: at least {1} is required.",
  BCP339: "The index {0} is not valid: it must not be negative.",
  BCP340: "The text is no well-formed YAML.",
  BCP402: 'The spread operator needs a value of type "{0}", not of type "{1}".',
  BCP403: 'The array expects items of type "{0}", but those spread here are of type "{1}".',
  BCP408: 'The function "nameof" needs an expression that has a name.',
  BCP410: "Division by zero is not supported.",
  BCP414: 'A type "{0}" cannot be indexed from its end.',
  BCP415: 'An index of type "{0}" cannot count from the end.',
  BCP416: "The text does not match the pattern {0}.",
  BCP427: 'The environment variable "{0}" does not exist, and no default is given.',
  BCP428: 'The folder "{0}" does not exist.',
} as const;

/** The codes that checking the meaning of a file may give. */
export type SemanticCode = keyof typeof MESSAGES;

/** Takes what is wrong at a place. */
export type Report = (code: SemanticCode, span: Span, details?: readonly string[]) => void;

/** The diagnostic for `code` at `span`. */
export function semanticDiagnostic(code: SemanticCode, span: Span, details: readonly string[] = []): Diagnostic {
  const message = MESSAGES[code].replaceAll(/\{(?<index>\d)\}/gu, (_, index: string) => details[Number(index)] ?? "");
  return { code, message, offset: span.offset, length: span.length };
}

/** Whether `code` is one that checking may give. */
export function isSemanticCode(code: string): code is SemanticCode {
  return Object.hasOwn(MESSAGES, code);
}
