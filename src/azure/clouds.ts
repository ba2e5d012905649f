/** What differs between Azure clouds. */
export interface Cloud {
  readonly authorityHost: string;
  readonly resourceManager: string;
  /** What an access token for Resource Manager is asked for; a private endpoint of a cloud takes the cloud's own tokens. */
  readonly tokenScope: string;
  /** Audience of the token that the pipeline's issuer makes for the exchange. */
  readonly exchangeAudience: string;
  /** Whether Entra's public instance discovery knows the authority. */
  readonly isKnownAuthority: boolean;
}

/**
 * The Azure clouds by name.
 *
 * @see https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud
 */
const CLOUDS: Readonly<Record<string, Cloud>> = {
  AzureCloud: cloud("https://login.microsoftonline.com", "https://management.azure.com", ""),
  AzureUSGovernment: cloud("https://login.microsoftonline.us", "https://management.usgovcloudapi.net", "USGov"),
  AzureChinaCloud: cloud("https://login.partner.microsoftonline.cn", "https://management.chinacloudapi.cn", "China"),
};

function cloud(authorityHost: string, resourceManager: string, suffix: string): Cloud {
  return {
    authorityHost,
    resourceManager,
    tokenScope: `${resourceManager}/.default`,
    exchangeAudience: `api://AzureADTokenExchange${suffix}`,
    isKnownAuthority: true,
  };
}

/** The cloud by name, with the endpoints of a private one in place of its own. */
export function cloudOf(
  name: string,
  endpoints: { readonly authorityHost?: string | undefined; readonly resourceManager?: string | undefined },
): Cloud {
  const known = CLOUDS[name] ?? CLOUDS["AzureCloud"];
  if (known === undefined) throw new TypeError(`no cloud ${name}`);
  return {
    ...known,
    authorityHost: endpoints.authorityHost ?? known.authorityHost,
    resourceManager: (endpoints.resourceManager ?? known.resourceManager).replace(/\/+$/, ""),
    isKnownAuthority: endpoints.authorityHost === undefined,
  };
}
