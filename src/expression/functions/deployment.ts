import { ArmObject, type ArmValue, typeName } from "../arm-value.ts";
import { foldName } from "../dotnet/casing.ts";
import type { CopyLoop, CopyScope, DeploymentScope } from "../scope.ts";
import { Sensitive, Unknown } from "../value.ts";
import { nameText } from "./merge.ts";
import { given } from "./scope-parts.ts";
import {
  argumentAt,
  type Call,
  DOCUMENTATION,
  type FunctionDefinition,
  refuse,
  refuseType,
  textAt,
} from "./signature.ts";

const PAGE = `${DOCUMENTATION}-deployment`;
const NUMERIC_PAGE = `${DOCUMENTATION}-numeric`;

/** Deployment functions. @see https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-deployment */
export const DEPLOYMENT: readonly FunctionDefinition[] = [
  symbolFunction("parameters", readParameter),
  symbolFunction("variables", readVariable),
  {
    name: "deployment",
    parameters: [],
    documentation: `${PAGE}#deployment`,
    evaluate: (call) => deployment(call.scope.deployment),
  },
  waiting("environment", []),
  waiting("deployer", []),
  {
    name: "fail",
    parameters: ["String"],
    documentation: `${PAGE}#fail`,
    evaluate: (call) => refuse("fail", textAt(call, 0)),
  },
  {
    name: "copyIndex",
    parameters: [],
    rest: "any",
    documentation: `${NUMERIC_PAGE}#copyindex`,
    checkArity(_count, call) {
      if (call.scope.copy === undefined) refuse("function", "The template function 'copyIndex' is not valid.");
    },
    evaluate: copyIndex,
  },
];

function readParameter(call: Call, name: string): ArmValue {
  const value = call.scope.parameters.get(name);
  if (value !== undefined) return value;
  if (call.scope.place === "function") {
    return refuse("parameter", `The parameter '${shown(call, name)}' is not found in the template function.`);
  }
  return refuse("parameter", `The template parameter '${shown(call, name)}' is not found.`);
}

function readVariable(call: Call, name: string): ArmValue {
  const value = call.scope.variables.get(name);
  return value === undefined ? refuse("variable", `The template variable '${shown(call, name)}' is not found.`) : value;
}

function waiting(name: string, parameters: readonly []): FunctionDefinition {
  return {
    name,
    parameters,
    documentation: `${PAGE}#${name}`,
    evaluate: (call) => call.session.unknownCall(call, call.args),
  };
}

function symbolFunction(name: string, read: (call: Call, name: string) => ArmValue): FunctionDefinition {
  return {
    name,
    parameters: ["String"],
    secrets: "any",
    documentation: `${PAGE}#${name}`,
    checkArity(count) {
      if (count !== 1) refuse("arguments", `The template language function '${name}' must have only one parameter.`);
    },
    evaluate(call) {
      const symbol = nameText(argumentAt(call, 0));
      return symbol === undefined ? refuseType(call.definition, 0, argumentAt(call, 0)) : read(call, symbol);
    },
  };
}

/** A name as messages may show it. */
function shown(call: Call, name: string): string {
  return argumentAt(call, 0) instanceof Sensitive ? "«secret»" : name;
}

function deployment(scope: DeploymentScope): ArmValue {
  const name = given(scope.name, "deployment().name");
  const rest = (path: string): Unknown | null => {
    return scope.name === null && scope.kind === "resourceGroup" ? new Unknown("scope", `deployment()${path}`) : null;
  };
  const template = new ArmObject(new Map([["contentVersion", scope.contentVersion]]), {
    rest: rest(".properties.template"),
  });
  const properties = new ArmObject(new Map([["template", template]]), {
    rest: rest(".properties"),
    late: lateProperties(scope),
  });
  const members = new Map<string, ArmValue>([
    ["name", name],
    ["properties", properties],
  ]);
  if (scope.kind !== "resourceGroup") members.set("location", given(scope.location, "deployment().location"));
  return new ArmObject(members, { rest: rest("") });
}

/** What Azure reports besides, and Microsoft's offline engine leaves out: templates read `templateLink` often. */
function lateProperties(scope: DeploymentScope): ReadonlyMap<string, ArmValue> {
  const late = new Map<string, ArmValue>();
  for (const name of ["templateLink", "templateHash", "parameters", "provisioningState"]) {
    late.set(name, new Unknown("runtime-function", `deployment().properties.${name}`));
  }
  if (scope.mode !== undefined) late.set("mode", scope.mode);
  return late;
}

function copyIndex(call: Call): ArmValue {
  const { copy } = call.scope;
  const [first, second] = call.args;
  if (copy === undefined) refuse("function", "The template function 'copyIndex' is not valid.");
  if (call.args.length > 2) {
    refuse("arguments", "The template language function 'copyIndex' takes a copy name and an offset.");
  }
  if (first === undefined) return indexOf(copy, null, 0n);
  if (typeof first === "bigint" && second === undefined) return indexOf(copy, null, first);
  if (typeof first === "string" && second === undefined) return indexOf(copy, first, 0n);
  if (typeof first === "string" && typeof second === "bigint") return indexOf(copy, first, second);
  const start = "Unable to evaluate template language function 'copyIndex':";
  if (second === undefined) {
    refuse(
      "type",
      `${start} the function argument must be an integer or string value while '${typeName(first)}' was provided.`,
    );
  }
  const fact = `'${typeName(first)}' and '${typeName(second)}' were provided instead.`;
  return refuse(
    "type",
    `${start} the first parameter should be a string and the second one should be an integer. ${fact}`,
  );
}

function indexOf(copy: CopyScope, name: string | null, offset: bigint): bigint {
  const start = "The template language function 'copyIndex' has an invalid argument.";
  if (offset < 0n) refuse("value", `${start} The offset must be a postive integer value or zero.`);
  const loop = name === null ? copy.current : loopNamed(copy.loops, name);
  if (loop === undefined || loop === null) {
    refuse("value", `${start} The provided copy name '${name ?? ""}' doesn't exist in the resource.`);
  }
  return BigInt(loop.index) + offset;
}

function loopNamed(loops: readonly CopyLoop[], name: string): CopyLoop | undefined {
  return loops.findLast((loop) => foldName(loop.name) === foldName(name));
}
