import { DOCUMENTATION, type FunctionDefinition } from "./signature.ts";

/**
 * Functions that no template can name, as `#` begins no name: front ends put them where a value is missing that they know of. A call
 * is unknown, for the reason given.
 */
export const RESERVED: readonly FunctionDefinition[] = [
  {
    name: "#readEnvironmentVariable",
    parameters: ["String"],
    reason: "environment",
    documentation: DOCUMENTATION,
    evaluate: (call) => call.session.unknownCall(call, call.args),
  },
  {
    name: "#unresolvedModule",
    parameters: ["String"],
    reason: "not-analysed",
    documentation: DOCUMENTATION,
    evaluate: (call) => call.session.unknownCall(call, call.args),
  },
];
