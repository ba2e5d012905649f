import { Refusal, type Reply } from "../service.ts";

/** The error body of Azure DevOps. */
export function problem(status: number, typeKey: string, message: string): Reply {
  const typeName = `Microsoft.TeamFoundation.${typeKey}, Microsoft.TeamFoundation`;
  const body = { $id: "1", innerException: null, message, typeName, typeKey, errorCode: 0, eventId: 3000 };
  return { status, body, refusal: message };
}

/** Ends the call with an error of Azure DevOps. */
export function refusal(status: number, typeKey: string, message: string): Refusal {
  return new Refusal(problem(status, typeKey, message));
}

/** 400 for a body or a query that the service does not understand. */
export function badRequest(message: string): Refusal {
  return refusal(400, "VssPropertyValidationException", message);
}
