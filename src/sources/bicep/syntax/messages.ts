import type { Diagnostic } from "../diagnostic.ts";
import type { Span } from "./span.ts";

/**
 * What is wrong, by the compiler's code. `{0}` stands for the detail of the place.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/bicep/diagnostics/bicep-core-diagnostics
 */
const MESSAGES = {
  BCP001: "The token `{0}` is not recognized.",
  BCP002: "The comment is not terminated; end it with `*/`.",
  BCP003: "The string is not terminated; end it with a single quote.",
  BCP004: "The string is not terminated: the line ends within it.",
  BCP005: "The string ends within an escape sequence.",
  BCP006: "The escape sequence is not recognized; the known ones are \\\\, \\', \\$, \\n, \\r, \\t and \\u{…}.",
  BCP007: "The declaration is not recognized.",
  BCP008: 'Expected "=" or a new line.',
  BCP009: "Expected an expression.",
  BCP010: "Expected a valid 64-bit signed integer.",
  BCP012: 'Expected the keyword "{0}".',
  BCP013: "Expected a parameter name.",
  BCP015: "Expected a variable name.",
  BCP016: "Expected an output name.",
  BCP017: "Expected the symbolic name of a resource.",
  BCP018: 'Expected the character "{0}".',
  BCP019: "Expected a new line.",
  BCP020: "Expected a function or property name.",
  BCP022: "Expected a property name.",
  BCP024: "The identifier is longer than 255 characters.",
  BCP032: "The value must be a compile-time constant.",
  BCP064: "Found unexpected tokens in an interpolated expression.",
  BCP068: "Expected a resource type such as 'Microsoft.Storage/storageAccounts@2023-01-01'.",
  BCP087: "Array and object literals are not allowed here.",
  BCP096: "Expected the symbolic name of a module.",
  BCP097: "Expected the path of a module.",
  BCP103: 'The token `"` is not recognized; strings are written in single quotes.',
  BCP117: "An index is missing.",
  BCP118: 'Expected "{", "[" or the keyword "if".',
  BCP123: "Expected the name of a decorator or namespace.",
  BCP132: "Expected a declaration after the decorator.",
  BCP133: "The Unicode escape is not valid; the range is \\u{0} to \\u{10FFFF}.",
  BCP136: "Expected the name of a loop variable.",
  BCP140: "The multi-line string is not terminated; end it with '''.",
  BCP147: "Expected a parameter declaration after the decorator.",
  BCP149: "Expected a resource declaration after the decorator.",
  BCP153: "Expected a resource or module declaration after the decorator.",
  BCP162: 'Expected the name of a loop variable or "(".',
  BCP167: 'Expected "{" or the keyword "if".',
  BCP201: "Expected the specification of an extension.",
  BCP202: "Expected an alias for the extension.",
  BCP226: "Expected at least one diagnostic code.",
  BCP236: "Expected a new line or a comma.",
  BCP237: "Expected a comma.",
  BCP238: "Unexpected new line after a comma.",
  BCP243: "Parentheses must contain exactly one expression.",
  BCP249: "Expected an item variable and an index variable, but found {0} element(s).",
  BCP257: "Expected the path of a Bicep file.",
  BCP266: "Expected a metadata name.",
  BCP279: "Expected a type.",
  BCP292: "Expected a parameter, output or type declaration after the decorator.",
  BCP300: "Expected a type literal.",
  BCP305: 'Expected the keyword "with" or "as", or a new line.',
  BCP317: "Expected an identifier, a string or an asterisk.",
  BCP322: "The operator `.?` is not permitted on function calls.",
  BCP325: "Expected a type identifier.",
  BCP337: "The declaration is not valid in a parameters file.",
  BCP344: "Expected the name of an assert.",
  BCP346: "Expected the name of a test.",
  BCP347: "Expected the path of a test.",
  BCP354: 'Expected "{" or "*".',
  BCP355: "Expected the name of an exported symbol.",
  BCP356: "Expected the name of a namespace.",
  BCP375: 'A quoted name in an import list needs an "as" clause.',
  BCP404: "The path of the extended parameters file is missing.",
  BCP436: 'Expected the keyword "with" or a new line.',
  "nesting-limit": "Nested deeper than {0} levels.",
} as const;

/** The codes that reading a file may give; `nesting-limit` is our own. */
export type SyntaxCode = keyof typeof MESSAGES;

/** A syntax diagnostic at `span`; `detail` fills the message's gap. */
export function syntaxDiagnostic(code: SyntaxCode, span: Span, detail = ""): Diagnostic {
  return { code, message: MESSAGES[code].replace("{0}", () => detail), offset: span.offset, length: span.length };
}

/** Every code that reading a file may give. */
export function syntaxCodes(): readonly string[] {
  return Object.keys(MESSAGES);
}
