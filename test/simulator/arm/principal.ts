import { refusal } from "./errors.ts";

/** Who calls, once its token was checked. */
export interface Principal {
  readonly clientId: string;
  readonly objectId: string;
}

/** 403 in ARM's words. */
export function unauthorised(principal: Principal, action: string, scopeId: string): ReturnType<typeof refusal> {
  const message = `The client '${principal.clientId}' with object id '${principal.objectId}' does not have authorization to perform action '${action}' over scope '${scopeId}' or the scope is invalid. If access was recently granted, please refresh your credentials.`;
  return refusal(403, "AuthorizationFailed", message);
}
