import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Arm } from "./arm/arm.ts";
import { AzureDevOps } from "./azure-devops/azure-devops.ts";
import { selfSignedCertificate, type Certificate } from "./certificate.ts";
import { SimulatedClock } from "./clock.ts";
import { Entra } from "./entra/entra.ts";
import { actionEnvironment, type ActionEnvironment, type ActionRun } from "./environment/action.ts";
import type { HostEnvironment } from "./environment/host-environment.ts";
import { taskEnvironment, type TaskRun } from "./environment/task.ts";
import { Faults } from "./faults.ts";
import { GitHub } from "./github/github.ts";
import { Journal } from "./journal.ts";
import { TokenSigner } from "./jwt.ts";
import { DEFAULTS, EXCHANGE_AUDIENCE } from "./names.ts";
import { AzureDevOpsOidc, vstokenIssuer } from "./oidc/azure-devops.ts";
import { githubSubject } from "./oidc/github-subject.ts";
import { GitHubOidc, jobIdentity } from "./oidc/github.ts";
import { Issuers } from "./oidc/issuers.ts";
import { Secrets } from "./secrets.ts";
import { listen, type RunningServer } from "./server.ts";
import type { Service } from "./service.ts";

/** What a world is made of. Everything has a default. */
export interface WorldOptions {
  readonly tenantId?: string;
  readonly clientId?: string;
  readonly subscriptionId?: string;
  /** The resource group that exists. Null: none does. */
  readonly resourceGroup?: string | null;
  readonly location?: string;
  /** `owner/name` on GitHub. */
  readonly repository?: string;
  /** How GitHub writes the subject of its tokens. Default `classic`. */
  readonly subjectFormat?: "classic" | "immutable";
  /** The enterprise with an issuer of its own. */
  readonly enterprise?: string;
  /** Whether Entra already trusts the pull requests and the main branch of the repository, and the service connection. Default true. */
  readonly isTrusted?: boolean;
}

/** Where the simulators listen: scheme, host and port, without a slash at the end. */
interface WorldUrls {
  readonly githubApi: string;
  readonly githubOidc: string;
  readonly azureDevOps: string;
  readonly azureDevOpsOidc: string;
  readonly entra: string;
  readonly arm: string;
}

/** Running simulators of everything that the product talks to. */
export interface World {
  readonly urls: WorldUrls;
  /** The certificate of the HTTPS servers: as a file for `NODE_EXTRA_CA_CERTS`, and as text for `tlsOptions.ca`. */
  readonly certificate: { readonly path: string; readonly pem: string };
  readonly ids: { readonly tenantId: string; readonly clientId: string; readonly subscriptionId: string };
  readonly clock: SimulatedClock;
  readonly journal: Journal;
  readonly faults: Faults;
  /** Every token that exists; add canaries here. */
  readonly secrets: Secrets;
  readonly github: GitHub;
  readonly azureDevOps: AzureDevOps;
  readonly entra: Entra;
  readonly arm: Arm;
  readonly oidc: { readonly github: GitHubOidc; readonly azureDevOps: AzureDevOpsOidc };
  /** Temporary folder of the world, removed by `close`. */
  readonly folder: string;
  /** A fresh environment, as the runner would hand it to the action. */
  readonly environmentForAction: (run?: ActionRun) => ActionEnvironment;
  /** A fresh environment, as the agent would hand it to the task. */
  readonly environmentForTask: (run?: TaskRun) => HostEnvironment;
  readonly close: () => Promise<void>;
}

/** Everything but sockets. */
type Services = Pick<
  World,
  "ids" | "clock" | "journal" | "faults" | "secrets" | "github" | "azureDevOps" | "entra" | "arm" | "oidc"
>;

/** Starts all simulators on free ports of the loopback interface. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const services = await createServices(options);
  if (options.isTrusted ?? true) trustUsualSubjects(services, options);
  const folder = mkdtempSync(join(tmpdir(), "portcullis-world-"));
  const certificate = selfSignedCertificate(Date.now());
  const path = join(folder, "ca.pem");
  writeFileSync(path, certificate.certificatePem);
  const { urls, servers } = await listenAll(services, certificate);
  const known = { ...services, urls, folder, certificate: { path, pem: certificate.certificatePem } };
  let runs = 0;
  const freshFolder = (): string => {
    runs += 1;
    const fresh = join(folder, `run-${String(runs)}`);
    mkdirSync(fresh);
    return fresh;
  };
  return {
    ...known,
    environmentForAction: (run = {}) => actionEnvironment(actionSurroundings(known, options, freshFolder()), run),
    environmentForTask: (run = {}) => taskEnvironment(taskSurroundings(known, freshFolder()), run),
    close: async () => {
      await Promise.all(servers.map((server) => server.close()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function createServices(options: WorldOptions): Promise<Services> {
  const clock = new SimulatedClock();
  const secrets = new Secrets();
  const issuers = new Issuers();
  const [issuerKey, entraKey] = [new TokenSigner("issuer-key"), new TokenSigner("entra-key")];
  const repository = options.repository ?? DEFAULTS.repository;
  const github = await GitHub.create({ clock, secrets, repository });
  const tenantId = options.tenantId ?? DEFAULTS.tenantId;
  const clientId = options.clientId ?? DEFAULTS.clientId;
  const subscriptionId = options.subscriptionId ?? DEFAULTS.subscriptionId;
  const entra = new Entra({ clock, secrets, signer: entraKey, issuers });
  entra.register({ tenantId, clientId, objectId: DEFAULTS.objectId });
  const arm = new Arm({ clock, entra, tenantId });
  arm.state.addSubscription(subscriptionId);
  const group = options.resourceGroup === undefined ? DEFAULTS.resourceGroup : options.resourceGroup;
  if (group !== null) arm.state.addResourceGroup(subscriptionId, group, options.location ?? DEFAULTS.location);
  const job = { token: secrets.add("simulated-job-access-token-0001", "Azure DevOps job token"), isExpired: false };
  const oidcParts = { clock, secrets, signer: issuerKey, issuers };
  return {
    ids: { tenantId, clientId, subscriptionId },
    clock,
    journal: new Journal(),
    faults: new Faults(),
    secrets,
    github,
    azureDevOps: new AzureDevOps(clock, job),
    entra,
    arm,
    oidc: { github: new GitHubOidc(oidcParts, options.enterprise), azureDevOps: new AzureDevOpsOidc(oidcParts, job) },
  };
}

function trustUsualSubjects({ entra, oidc, github, ids }: Services, options: WorldOptions): void {
  const subjectFormat = options.subjectFormat ?? "classic";
  const { repository } = github.state;
  const { issuer } = oidc.github;
  const jobs = [
    jobIdentity({ repository, subjectFormat }),
    jobIdentity({ repository, subjectFormat, eventName: "push", ref: `refs/heads/${github.state.defaultBranch}` }),
  ];
  for (const job of jobs) {
    entra.trust(ids.clientId, { issuer, subject: githubSubject(job), audience: EXCHANGE_AUDIENCE });
  }
  const connection = {
    id: DEFAULTS.serviceConnectionId,
    name: DEFAULTS.serviceConnectionName,
    issuer: vstokenIssuer(DEFAULTS.organisationId),
    subject: `sc://${DEFAULTS.organisation}/${DEFAULTS.project}/${DEFAULTS.serviceConnectionName}`,
  };
  oidc.azureDevOps.connect(connection);
  entra.trust(ids.clientId, { issuer: connection.issuer, subject: connection.subject, audience: EXCHANGE_AUDIENCE });
}

interface AllServers {
  readonly urls: WorldUrls;
  readonly servers: readonly RunningServer[];
}

async function listenAll(services: Services, certificate: Certificate): Promise<AllServers> {
  const plain = (service: Service): Promise<RunningServer> => listen({ service, surroundings: services });
  const encrypted = (service: Service): Promise<RunningServer> =>
    listen({ service, surroundings: services, certificate });
  const { github, azureDevOps, entra, arm, oidc } = services;
  const servers = await Promise.all([
    plain(github.service()),
    plain(oidc.github.service()),
    plain(azureDevOps.service()),
    encrypted(oidc.azureDevOps.service()),
    encrypted(entra.service()),
    encrypted(arm.service()),
  ]);
  const [githubApi, githubOidc, azureDevOpsRest, azureDevOpsOidc, entraServer, armServer] = servers;
  const urls = {
    githubApi: githubApi.url,
    githubOidc: githubOidc.url,
    azureDevOps: azureDevOpsRest.url,
    azureDevOpsOidc: azureDevOpsOidc.url,
    entra: entraServer.url,
    arm: armServer.url,
  };
  return { urls, servers };
}

type Known = Services & Pick<World, "urls" | "certificate">;

function actionSurroundings(
  world: Known,
  options: WorldOptions,
  folder: string,
): Parameters<typeof actionEnvironment>[0] {
  const { ids, urls } = world;
  return {
    folder,
    github: world.github,
    oidc: world.oidc.github,
    apiUrl: urls.githubApi,
    oidcUrl: urls.githubOidc,
    certificatePath: world.certificate.path,
    subjectFormat: options.subjectFormat ?? "classic",
    connection: {
      "client-id": ids.clientId,
      "tenant-id": ids.tenantId,
      "subscription-id": ids.subscriptionId,
      "authority-host": urls.entra,
      "resource-manager-url": urls.arm,
    },
  };
}

function taskSurroundings(world: Known, folder: string): Parameters<typeof taskEnvironment>[0] {
  const { ids, urls } = world;
  return {
    folder,
    azureDevOps: world.azureDevOps,
    url: urls.azureDevOps,
    oidcUrl: urls.azureDevOpsOidc,
    armUrl: urls.arm,
    entraUrl: urls.entra,
    certificatePath: world.certificate.path,
    ...ids,
    connection: {
      azureSubscription: DEFAULTS.serviceConnectionId,
      authorityHost: urls.entra,
      resourceManagerUrl: urls.arm,
    },
  };
}
