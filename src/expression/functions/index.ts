import { ARRAY } from "./array.ts";
import { ARRAY_SEARCH } from "./array-search.ts";
import { CIDR } from "./cidr.ts";
import { COMPARISON } from "./comparison.ts";
import { DATE } from "./date.ts";
import { DEPLOYMENT } from "./deployment.ts";
import { ENCODING } from "./encoding.ts";
import { FORMAT } from "./format.ts";
import { HASH } from "./hash.ts";
import { LAMBDA } from "./lambda.ts";
import { LOGICAL } from "./logical.ts";
import { MERGE } from "./merge.ts";
import { NUMERIC } from "./numeric.ts";
import { OBJECT } from "./object.ts";
import { RESOURCE } from "./resource.ts";
import { RESOURCE_ID } from "./resource-id.ts";
import { SCOPE } from "./scope.ts";
import type { FunctionDefinition } from "./signature.ts";
import { STRING } from "./string.ts";
import { URI } from "./uri.ts";

/**
 * Every function of the template language. `list*` stands for all functions whose names start with `list`; `lambda` is no function but
 * a part of the lambda functions.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions
 */
export const FUNCTIONS: readonly FunctionDefinition[] = [
  ...ARRAY,
  ...ARRAY_SEARCH,
  ...CIDR,
  ...COMPARISON,
  ...DATE,
  ...DEPLOYMENT,
  ...ENCODING,
  ...FORMAT,
  ...HASH,
  ...LAMBDA,
  ...LOGICAL,
  ...MERGE,
  ...NUMERIC,
  ...OBJECT,
  ...RESOURCE,
  ...RESOURCE_ID,
  ...SCOPE,
  ...STRING,
  ...URI,
];
