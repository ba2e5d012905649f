import { toLowerInvariant } from "./casing.ts";
import { formatIp, parseIp } from "./ip.ts";
import { displayForm, escapeForm } from "./uri-escape.ts";

/*
 * Web addresses as System.Uri reads and writes them. https://learn.microsoft.com/dotnet/api/system.uri
 */

/** Thrown for a text that is no address. */
export class UriError extends Error {}

/** Thrown for an address of a kind that is not modelled (files, shares, numeric hosts): what .NET makes of it is not known here. */
export class UnmodelledUri extends Error {}

/** The parts of an absolute address, each with all escapes undone that may be. */
export interface UriParts {
  readonly scheme: string;
  /** With its `@`; empty when there is none. */
  readonly userInfo: string;
  readonly host: string;
  /** `null` for the scheme's own port. */
  readonly port: number | null;
  readonly path: string;
  /** With its `?` or `#`; empty when there is none. */
  readonly query: string;
  readonly fragment: string;
  /** Whether `//` stands before the host. */
  readonly hierarchical: boolean;
}

const DEFAULT_PORTS: ReadonlyMap<string, number> = new Map([
  ["http", 80],
  ["https", 443],
  ["ws", 80],
  ["wss", 443],
  ["ftp", 21],
  ["gopher", 70],
  ["nntp", 119],
  ["telnet", 23],
  ["ldap", 389],
  ["net.tcp", 808],
]);

const PATTERN =
  /^(?<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?<authority>\/\/[^/?#]*)?(?<path>[^?#]*)(?<query>\?[^#]*)?(?<fragment>#.*)?$/s;
/** A path, or a drive of Windows. */
const LOCAL_PATH = /^(?:\/|[A-Za-z]:)/;
const HOST_NAME = /^[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*\.?$/u;
const NUMERIC_HOST = /^(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+))*\.?$/i;
const MAX_PORT = 65_535;
const MAX_PREFIX = 128;
const BRACKETED_HOST =
  /^(?<start>[^/?#\\]*:\/\/(?:[^/?#\\@]*@)?)\[(?<address>[0-9A-Fa-f:.]+)(?:%[^\]/?#\\]*)?(?:\/(?<prefix>0|[1-9][0-9]{0,2}))?\](?<rest>.*)$/s;

/**
 * Reads an absolute address.
 *
 * @throws UriError
 * @throws UnmodelledUri
 */
export function parseUri(text: string): UriParts {
  const trimmed = text.trim();
  if (/^(?:[/\\]|[A-Za-z]:|file:)/i.test(trimmed)) throw new UnmodelledUri();
  const groups = PATTERN.exec(plainHost(trimmed))?.groups;
  if (groups === undefined) throw new UriError("Invalid URI: The format of the URI could not be determined.");
  const scheme = (groups["scheme"] ?? "").toLowerCase();
  const authority = groups["authority"];
  const query = displayForm(groups["query"] ?? "");
  const fragment = displayForm(groups["fragment"] ?? "");
  const path = groups["path"] ?? "";
  if (authority === undefined) {
    if (DEFAULT_PORTS.has(scheme)) throw new UriError("Invalid URI: The Authority/Host could not be parsed.");
    return { ...opaqueParts(scheme, path), query, fragment };
  }
  if (!isUsual(scheme, authority, trimmed)) throw new UnmodelledUri();
  return {
    scheme,
    ...authorityParts(scheme, authority.slice(2)),
    path: normalPath(path),
    query,
    fragment,
    hierarchical: true,
  };
}

/**
 * `relative` seen from `base`.
 *
 * @throws UriError
 * @throws UnmodelledUri
 */
export function resolveUri(base: UriParts, relative: string): UriParts {
  if (!base.hierarchical) throw new UnmodelledUri();
  const trimmed = relative.trim();
  const sameScheme = new RegExp(`^${base.scheme.replaceAll(/[.+]/g, "\\$&")}:(?!//)`, "i");
  const text = trimmed.replace(sameScheme, "");
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(text)) return absoluteRelative(text);
  if (/^\\\\|^\/\\|^\\\//.test(text)) throw new UnmodelledUri();
  if (text.startsWith("//")) return parseUri(`${base.scheme}:${text}`);
  return text === "" ? base : resolvePath(base, text);
}

function resolvePath(base: UriParts, text: string): UriParts {
  const groups = /^(?<path>[^?#]*)(?<query>\?[^#]*)?(?<fragment>#.*)?$/s.exec(text)?.groups ?? {};
  const path = groups["path"] ?? "";
  const fragment = displayForm(groups["fragment"] ?? "");
  const query = groups["query"];
  if (path === "") return { ...base, query: query === undefined ? base.query : displayForm(query), fragment };
  const folder = base.path.slice(0, base.path.lastIndexOf("/") + 1);
  const merged = /^[/\\]/.test(path) ? path : folder + path;
  return { ...base, path: normalPath(merged), query: displayForm(query ?? ""), fragment };
}

/** Schemes have rules of their own for `?`, for `\\` and for a missing host or port. */
function isUsual(scheme: string, authority: string, text: string): boolean {
  if (scheme === "http" || scheme === "https" || scheme === "ws" || scheme === "wss") return true;
  if (scheme === "ldap" || scheme === "gopher" || scheme === "nntp" || scheme === "telnet") return false;
  return !text.includes("\\") && !(scheme === "ftp" && text.includes("?")) && /[^:/]$/.test(authority);
}

function absoluteRelative(text: string): UriParts {
  if (/^[A-Za-z]:[^\\/]/.test(text))
    throw new UriError("Invalid URI: A Dos path must be rooted, for example, 'c:\\\\'.");
  return parseUri(text);
}

/** The address with everything escaped that has to be (`Uri.AbsoluteUri`). */
export function absoluteUri(parts: UriParts): string {
  return assemble(parts, escapeForm);
}

/** The address with as few escapes as possible (`Uri.ToString()`). */
export function displayUri(parts: UriParts): string {
  return assemble(parts, (text) => text);
}

function assemble(parts: UriParts, form: (text: string) => string): string {
  const port = parts.port === null ? "" : `:${parts.port}`;
  const authority = parts.hierarchical ? `//${form(parts.userInfo)}${parts.host}${port}` : "";
  const opaqueHost = parts.hierarchical ? "" : form(parts.userInfo) + parts.host;
  return `${parts.scheme}:${authority}${opaqueHost}${form(parts.path)}${form(parts.query)}${form(parts.fragment)}`;
}

function opaqueParts(scheme: string, path: string): Omit<UriParts, "query" | "fragment"> {
  const plain = { scheme, userInfo: "", host: "", port: null, path: displayForm(path), hierarchical: false };
  if (scheme !== "mailto") return plain;
  const at = path.lastIndexOf("@");
  const host = path.slice(at + 1);
  if (!HOST_NAME.test(host)) throw new UriError("Invalid URI: The hostname could not be parsed.");
  return { ...plain, userInfo: displayForm(path.slice(0, at + 1)), host: toLowerInvariant(host), path: "" };
}

function authorityParts(scheme: string, authority: string): Pick<UriParts, "userInfo" | "host" | "port"> {
  const at = authority.indexOf("@");
  const groups = /^(?<host>\[[^\]]*\]|[^:]*)(?::(?<port>[^:]*))?$/.exec(authority.slice(at + 1))?.groups;
  if (groups === undefined) throw new UriError("Invalid URI: Invalid port specified.");
  const port = portOf(groups["port"] ?? "");
  const ownPort = port === null || port === DEFAULT_PORTS.get(scheme);
  return {
    userInfo: displayForm(authority.slice(0, at + 1)),
    host: hostOf(groups["host"] ?? ""),
    port: ownPort ? null : port,
  };
}

function portOf(text: string): number | null {
  if (!/^[0-9]*$/.test(text) || Number(text) > MAX_PORT) throw new UriError("Invalid URI: Invalid port specified.");
  return text === "" ? null : Number(text);
}

function hostOf(host: string): string {
  if (host.startsWith("[")) {
    const address = parseIp(host.slice(1, -1));
    if (address?.version !== 6) throw new UriError("Invalid URI: The hostname could not be parsed.");
    return `[${formatIp(address)}]`;
  }
  if (NUMERIC_HOST.test(host) && !/^[0-9]{1,3}(?:\.[0-9]{1,3}){3}$/.test(host)) throw new UnmodelledUri();
  if (HOST_NAME.test(host)) return toLowerInvariant(host);
  if (/[^\0-\x7f]/.test(host)) throw new UnmodelledUri();
  throw new UriError("Invalid URI: The hostname could not be parsed.");
}

/** With `\` as `/` and without `.` and `..`; never empty. */
function normalPath(path: string): string {
  const segments: string[] = [];
  const given = displayForm(path).replaceAll("\\", "/").split("/").slice(1);
  for (const [index, segment] of given.entries()) {
    const last = index === given.length - 1;
    if (segment === "..") segments.pop();
    else if (segment !== ".") segments.push(segment);
    if (last && (segment === "." || segment === "..")) segments.push("");
  }
  return `/${segments.join("/")}`;
}

/**
 * Whether `text` is an absolute address in which everything is escaped that has to be; letters of all languages need not be
 * (`Uri.IsWellFormedUriString`).
 */
export function isWellFormed(text: string): boolean {
  const trimmed = text.trim();
  if (!/^(?:%[0-9A-Fa-f]{2}|[A-Za-z0-9\-._~;/:@?&=+$,#!'()*]|[^\0-\x7f])*$/.test(withoutHost(trimmed))) return false;
  if (trimmed.split("#").length > 2 || LOCAL_PATH.test(trimmed)) return false;
  try {
    return parseUri(trimmed) !== undefined;
  } catch (error) {
    if (error instanceof UriError) return false;
    throw error;
  }
}

/** Brackets are allowed around a host of version 6 only. */
function withoutHost(text: string): string {
  return text.replace(
    /^(?<start>[^/?#]*:\/\/[^/?#[]*)\[[0-9A-Fa-f:.]*(?:%[^\]/?#\\]*)?(?:\/[0-9]+)?\](?=$|[:/?#])/,
    "$<start>",
  );
}

/** Of a host of version 6 the address alone counts: its zone and the length of a prefix are dropped. No `/` is needed after it. */
function plainHost(text: string): string {
  const { start, address, prefix, rest = "" } = BRACKETED_HOST.exec(text)?.groups ?? {};
  if (start === undefined || Number(prefix ?? 0) > MAX_PREFIX) return text;
  if (rest.startsWith("\\") || /^[^/?#\\]*@/.test(rest)) return text;
  return `${start}[${address}]${/^(?:$|[:/?#])/.test(rest) ? "" : "/"}${rest}`;
}
