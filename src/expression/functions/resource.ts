import { type ArmValue } from "../arm-value.ts";
import { DOCUMENTATION, type Call, type FunctionDefinition, type ParameterType, refuse, textAt } from "./signature.ts";

const PAGE = `${DOCUMENTATION}-resource`;
const ZONES_PAGE = `${PAGE}#pickzones`;

/** Resource functions. @see https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-resource */
export const RESOURCE: readonly FunctionDefinition[] = [
  {
    name: "reference",
    parameters: ["String", "String", "String"],
    required: 1,
    checks: "all",
    secrets: "any",
    unknowns: "any",
    runtime: true,
    documentation: `${PAGE}#reference`,
    evaluate: ask,
  },
  {
    name: "references",
    parameters: ["String", "any", "any"],
    required: 1,
    secrets: "any",
    runtime: true,
    documentation: `${PAGE}#references`,
    evaluate(call) {
      needsSymbolicNames(call, "SymbolicNames");
      return ask(call);
    },
  },
  {
    name: "resourceInfo",
    parameters: ["String"],
    secrets: "any",
    documentation: `${PAGE}#resourceinfo`,
    checkArity(_count, call) {
      needsSymbolicNames(call, "ResourceInfoFunction");
    },
    evaluate: ask,
  },
  {
    name: "list*",
    parameters: [],
    rest: "any",
    runtime: true,
    secrets: "any",
    unknowns: "any",
    documentation: `${PAGE}#list`,
    evaluate: ask,
  },
  waiting("pickZones", ["String", "String", "String", "Integer", "Integer"], {
    required: 3,
    checks: "when-known",
    documentation: ZONES_PAGE,
  }),
  {
    name: "providers",
    parameters: ["String", "String"],
    required: 1,
    checks: "all",
    documentation: `${PAGE}#providers`,
    evaluate: providers,
  },
  waiting("roleDefinitions", ["String"], { documentation: `${PAGE}#roledefinitions` }),
  waiting("toLogicalZone", [], { rest: "any", runtime: "zones", documentation: `${PAGE}#tologicalzone` }),
  waiting("toLogicalZones", [], { rest: "any", runtime: "zones", documentation: `${PAGE}#tologicalzones` }),
  waiting("toPhysicalZone", [], { rest: "any", runtime: "zones", documentation: `${PAGE}#tophysicalzone` }),
  waiting("toPhysicalZones", [], { rest: "any", runtime: "zones", documentation: `${PAGE}#tophysicalzones` }),
  hosted("externalInputs", () => refuse("function", "The template function 'externalInputs' is not valid.")),
  hosted("extensions", (call) => {
    const alias = call.args[0];
    const name = typeof alias === "string" ? alias : "";
    return refuse("value", `The extension with the alias '${name}' cannot be found in the template.`);
  }),
];

/** A function that only Azure can answer. */
function waiting(
  name: string,
  parameters: readonly ParameterType[],
  more: Partial<FunctionDefinition> & { readonly documentation: string },
): FunctionDefinition {
  return { name, parameters, ...more, evaluate: (call) => call.session.unknownCall(call, call.args) };
}

function providers(call: Call): ArmValue {
  const namespace = textAt(call, 0);
  if (!namespace.includes("/")) return call.session.unknownCall(call, call.args);
  const rule = "function requires the first non-segmented argument to be the resource provider namespace.";
  const start = "Unable to evaluate template language function 'providers'";
  return refuse("value", `${start}: ${rule} Invalid function argument '${namespace}'.`);
}

/** A function that exists only where the template's host provides it. */
function hosted(name: string, refused: (call: Call) => never): FunctionDefinition {
  return {
    name,
    parameters: ["String"],
    secrets: "any",
    documentation: `${DOCUMENTATION}-deployment`,
    checkArity: () => undefined,
    evaluate(call) {
      const answer = call.scope.runtime?.({
        key: call.node.key,
        name: call.node.name,
        args: call.args,
        scope: call.scope,
      });
      if (answer === undefined) return refused(call);
      return "value" in answer ? answer.value : call.session.unknownCall(call, answer.args);
    },
  };
}

/** The template around the call may know the answer, or at least what exactly is asked for. */
function ask(call: Call): ArmValue {
  const answer = call.scope.runtime?.({ key: call.node.key, name: call.node.name, args: call.args, scope: call.scope });
  if (answer === undefined) return call.session.unknownCall(call, call.args);
  return "value" in answer ? answer.value : call.session.unknownCall(call, answer.args);
}

function needsSymbolicNames(call: Call, feature: string): void {
  if (call.scope.symbolicNames === true) return;
  refuse("place", `Template language version must be specified in order to use feature '${feature}'.`);
}
