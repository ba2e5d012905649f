import type { HostInputs } from "../../inputs/parse-host-inputs.ts";

/** What the task library tells of a service connection. */
interface EndpointReader {
  getEndpointAuthorizationScheme(id: string, optional: boolean): string | undefined;
  getEndpointAuthorizationParameter(id: string, key: string, optional: boolean): string | undefined;
  getEndpointDataParameter(id: string, key: string, optional: boolean): string | undefined;
}

/** The service connection that the inputs name; empty when they name none. */
interface NamedConnection {
  readonly id: string;
  readonly scheme: string | undefined;
  readonly tenantId: string | undefined;
  readonly clientId: string | undefined;
  readonly subscriptionId: string | undefined;
}

/** Reads the connection in `azureSubscription`. @see https://learn.microsoft.com/azure/devops/pipelines/library/connect-to-azure */
export function readServiceConnection(reader: EndpointReader, inputs: HostInputs): NamedConnection {
  const id = inputs.value("azure-subscription") ?? "";
  if (id === "") return { id, scheme: undefined, tenantId: undefined, clientId: undefined, subscriptionId: undefined };
  return {
    id,
    scheme: reader.getEndpointAuthorizationScheme(id, true),
    tenantId: reader.getEndpointAuthorizationParameter(id, "tenantid", true),
    clientId: reader.getEndpointAuthorizationParameter(id, "serviceprincipalid", true),
    subscriptionId: reader.getEndpointDataParameter(id, "subscriptionid", true),
  };
}
