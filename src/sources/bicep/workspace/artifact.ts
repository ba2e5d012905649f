import { isJsonObject, type JsonObject } from "./json.ts";

/** A registry module or template spec, or the code of what is wrong with the reference to it. */
export type Artifact =
  | { readonly kind: "artifact"; readonly reference: string }
  | { readonly kind: "faulty"; readonly code: string };

/** The registry behind `br/public`, unless the configuration says otherwise. */
const PUBLIC_REGISTRY = "mcr.microsoft.com/bicep";

const SEGMENT = /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/u;
const TAG = /^\w[\w.-]*$/u;
const DIGEST = /^sha256:[a-f0-9]{64}$/u;
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;
const GROUP_NAME = /^[\p{L}\p{Nd}_.()-]*[\p{L}\p{Nd}_()-]$/u;
const MAX_NAME_LENGTH = 90;
const MAX_TAG_LENGTH = 128;
const SPEC_NAME = /^[\w.()-]*[\w()-]$/u;

/**
 * The full reference that `br:…`, `br/alias:…`, `ts:…` or `ts/alias:…` stands for, the aliases of the configuration replaced.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/bicep/modules#path-to-module
 */
export function toArtifact(text: string, configuration: JsonObject | undefined): Artifact {
  const { scheme, alias, rest = "" } = /^(?<scheme>br|ts)(?:\/(?<alias>[^:]*))?:(?<rest>.*)$/u.exec(text)?.groups ?? {};
  if (scheme === undefined) return { kind: "faulty", code: "BCP189" };
  if (alias === undefined) return scheme === "br" ? toModule(rest) : toTemplateSpec(rest);
  if (!/^[\w-]+$/u.test(alias)) return { kind: "faulty", code: "BCP211" };
  const aliases = configuration?.get("moduleAliases");
  const ofScheme = isJsonObject(aliases) ? aliases.get(scheme) : undefined;
  const found = isJsonObject(ofScheme) ? ofScheme.get(alias) : undefined;
  return scheme === "br" ? expandModule(rest, [alias, found]) : expandTemplateSpec(rest, found);
}

function expandModule(rest: string, [alias, found]: readonly [string, unknown]): Artifact {
  if (!isAlias(found)) {
    return alias === "public" ? toModule(`${PUBLIC_REGISTRY}/${rest}`) : { kind: "faulty", code: "BCP213" };
  }
  const registry = found.get("registry");
  if (typeof registry !== "string") return { kind: "faulty", code: "BCP216" };
  const path = found.get("modulePath");
  return toModule([registry, ...(typeof path === "string" ? [path] : []), rest].join("/"));
}

function expandTemplateSpec(rest: string, found: unknown): Artifact {
  if (!isAlias(found)) return { kind: "faulty", code: "BCP212" };
  const subscription = found.get("subscription");
  if (typeof subscription !== "string") return { kind: "faulty", code: "BCP214" };
  const group = found.get("resourceGroup");
  if (typeof group !== "string") return { kind: "faulty", code: "BCP215" };
  return toTemplateSpec(`${subscription}/${group}/${rest}`);
}

function isAlias(value: unknown): value is JsonObject {
  return value instanceof Map;
}

function toModule(text: string): Artifact {
  const { registry, path, mark, version } =
    /^(?<registry>[\w.-]+(?::\d+)?)\/(?<path>[^:@]+)(?:(?<mark>[:@])(?<version>.+))?$/u.exec(text)?.groups ?? {};
  if (registry === undefined || path === undefined) return { kind: "faulty", code: "BCP193" };
  if (!path.split("/").every((segment) => SEGMENT.test(segment))) return { kind: "faulty", code: "BCP195" };
  if (version === undefined) return { kind: "faulty", code: "BCP196" };
  const code = mark === "@" ? (DIGEST.test(version) ? undefined : "BCP224") : faultOfTag(version);
  if (code !== undefined) return { kind: "faulty", code };
  return { kind: "artifact", reference: `br:${registry}/${path}${mark}${version}` };
}

function faultOfTag(tag: string): string | undefined {
  if (tag.length > MAX_TAG_LENGTH) return "BCP197";
  return TAG.test(tag) ? undefined : "BCP198";
}

function toTemplateSpec(text: string): Artifact {
  const parts = /^(?<subscription>[^/]+)\/(?<group>[^/]+)\/(?<name>[^/:]+):(?<version>[^/:]+)$/u.exec(text)?.groups;
  if (parts === undefined) return { kind: "faulty", code: "BCP194" };
  const { subscription = "", group = "", name = "", version = "" } = parts;
  const code = GUID.test(subscription)
    ? (faultOfName(group, [GROUP_NAME, "BCP218", "BCP219"]) ??
      faultOfName(name, [SPEC_NAME, "BCP220", "BCP221"]) ??
      faultOfName(version, [SPEC_NAME, "BCP222", "BCP223"]))
    : "BCP217";
  return code === undefined ? { kind: "artifact", reference: `ts:${text}` } : { kind: "faulty", code };
}

function faultOfName(
  name: string,
  [pattern, tooLong, malformed]: readonly [RegExp, string, string],
): string | undefined {
  if (name.length > MAX_NAME_LENGTH) return tooLong;
  return pattern.test(name) ? undefined : malformed;
}
