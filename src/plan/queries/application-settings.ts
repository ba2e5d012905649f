import { sameText } from "../../lib/arm-text.ts";
import type { PropertyPath } from "../property-path.ts";
import type { PropertyReader } from "../property-reader.ts";
import { known, type Reading } from "../reading.ts";
import type { ResourceView } from "../world.ts";

/** One name and value that a workload gets: application setting, connection string, environment variable or inline secret. */
interface ApplicationSetting {
  readonly name: Reading<string>;
  readonly at: PropertyPath;
  readonly value: Reading<string>;
}

/** A list of settings in a body: where it is, and what its members call name and value. */
interface SettingList {
  readonly list: string;
  readonly name: string;
  readonly value: string;
}

const SITE_LISTS: readonly SettingList[] = [
  { list: "properties.siteConfig.appSettings", name: "name", value: "value" },
  { list: "properties.siteConfig.connectionStrings", name: "name", value: "connectionString" },
];

const SHAPES: readonly {
  readonly type: string;
  readonly lists: readonly SettingList[];
  readonly containers?: string;
  readonly env: SettingList;
}[] = [
  ...["Microsoft.Web/sites", "Microsoft.Web/sites/slots"].map((type) => ({
    type,
    lists: SITE_LISTS,
    env: { list: "", name: "", value: "" },
  })),
  ...["Microsoft.App/containerApps", "Microsoft.App/jobs"].map((type) => ({
    type,
    lists: [{ list: "properties.configuration.secrets", name: "name", value: "value" }],
    containers: "properties.template.containers",
    env: { list: "env", name: "name", value: "value" },
  })),
  {
    type: "Microsoft.ContainerInstance/containerGroups",
    lists: [],
    containers: "properties.containers",
    env: { list: "properties.environmentVariables", name: "name", value: "value" },
  },
];

/** `Microsoft.Web/sites/config` bodies are free maps; only these two hold settings. */
const CONFIG_TYPES = ["Microsoft.Web/sites/config", "Microsoft.Web/sites/slots/config"];

/** The resource types that hold settings. */
export const SETTING_TYPES = [...SHAPES.map(({ type }) => type), ...CONFIG_TYPES];

/** What the query reads, for a rule's metadata. */
export const SETTING_READS = [
  ...SHAPES.flatMap(({ type, lists, containers, env }) => {
    const inContainers = containers === undefined ? [] : [{ ...env, list: `${containers}[].${env.list}` }];
    return [...lists, ...inContainers].flatMap(({ list, name, value }) =>
      [name, value].map((member) => ({ type, path: `${list}[].${member}` })),
    );
  }),
  ...CONFIG_TYPES.flatMap((type) => ["properties.*", "properties.*.value"].map((path) => ({ type, path }))),
];

/**
 * Every application setting of a workload, in the order written. Unknown when a list of them is.
 *
 * @see https://learn.microsoft.com/azure/templates/microsoft.web/sites
 */
export function applicationSettingsOf(workload: ResourceView): Reading<readonly ApplicationSetting[]> {
  if (CONFIG_TYPES.some((type) => type.toLowerCase() === workload.typeKey)) return configSettings(workload);
  const shape = SHAPES.find(({ type }) => type.toLowerCase() === workload.typeKey);
  if (shape === undefined) return known([]);
  const settings: ApplicationSetting[] = [];
  const readers = shape.lists.map((list) => ({ reader: workload.properties, list }));
  const containers = shape.containers === undefined ? undefined : workload.properties.members(shape.containers);
  if (containers?.state === "unknown") return containers;
  if (containers?.state === "known") readers.push(...containers.value.map((reader) => ({ reader, list: shape.env })));
  for (const { reader, list } of readers) {
    const members = reader.members(list.list);
    if (members.state === "unknown") return members;
    if (members.state === "known") settings.push(...members.value.map((member) => settingOf(member, list)));
  }
  return known(settings);
}

function settingOf(member: PropertyReader, list: SettingList): ApplicationSetting {
  return { name: member.string(list.name), at: member.at(list.value), value: member.string(list.value) };
}

function configSettings(config: ResourceView): Reading<readonly ApplicationSetting[]> {
  const { ownName } = config;
  const isPlain = ownName.state === "known" && sameText(ownName.value, "appsettings");
  const isTyped = ownName.state === "known" && sameText(ownName.value, "connectionstrings");
  if (ownName.state === "unknown") return ownName;
  if (!isPlain && !isTyped) return known([]);
  const entries = config.properties.entries("properties");
  if (entries.state !== "known") return entries;
  const value = isPlain ? "" : "value";
  return known(
    entries.value.map(({ name, reader }) => ({ name: known(name), at: reader.at(value), value: reader.string(value) })),
  );
}
