import { ArmObject, type ArmValue } from "../arm-value.ts";
import { formatIp, type IpAddress, parseIp } from "../dotnet/ip.ts";
import { type Call, DOCUMENTATION, type FunctionDefinition, refuse, smallIntegerAt, textAt } from "./signature.ts";

const PAGE = `${DOCUMENTATION}-cidr`;
const MAX_BYTE = 255;

/** CIDR functions. @see https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-cidr */
export const CIDR: readonly FunctionDefinition[] = [
  { name: "parseCidr", parameters: ["String"], documentation: `${PAGE}#parsecidr`, evaluate: parseCidr },
  {
    name: "cidrSubnet",
    parameters: ["String", "Integer", "Integer"],
    documentation: `${PAGE}#cidrsubnet`,
    evaluate: cidrSubnet,
  },
  { name: "cidrHost", parameters: ["String", "Integer"], documentation: `${PAGE}#cidrhost`, evaluate: cidrHost },
];

/** A range of addresses: the first of them, and how many leading bits they share. */
interface Network {
  readonly version: 4 | 6;
  readonly start: bigint;
  readonly prefix: number;
}

function bitsOf(version: 4 | 6): number {
  return version === 4 ? 32 : 128;
}

function sizeOf(network: Network): bigint {
  return 1n << BigInt(bitsOf(network.version) - network.prefix);
}

/** How many addresses hosts can have: neither the first nor the last. */
function hostsOf(network: Network): bigint {
  return sizeOf(network) > 2n ? sizeOf(network) - 2n : 0n;
}

/**
 * Reads a network the way ARM's library does: what cannot be part of an address is dropped, a blank separates as well as a slash, the
 * second part may be a netmask, and without one the address's old class decides.
 */
function readNetwork(text: string): Network {
  const cleaned = text.replaceAll(/[^0-9a-fA-F./:\s]/g, "");
  const [addressText = "", prefixText] = cleaned.split(/[ /]/).filter((part) => part !== "");
  const address = parseIp(addressText);
  const prefix = address === null ? null : prefixText === undefined ? classPrefix(address) : prefixOf(prefixText);
  if (address === null || prefix === null || prefix > bitsOf(address.version)) {
    refuse("value", `The specified CIDR '${text}' is not valid.`);
  }
  const hostBits = BigInt(bitsOf(address.version) - prefix);
  return { version: address.version, start: (address.value >> hostBits) << hostBits, prefix };
}

function classPrefix({ version, value }: IpAddress): number {
  if (version === 6) return 64;
  const first = value >> 24n;
  return first < 128n ? 8 : first < 192n ? 16 : 24;
}

function prefixOf(text: string): number | null {
  if (/^[0-9]+$/.test(text)) return Number(text) <= MAX_BYTE ? Number(text) : null;
  const mask = parseIp(text);
  if (mask === null) return null;
  const bits = mask.value.toString(2).padStart(bitsOf(mask.version), "0");
  return /^1*0*$/.test(bits) ? bits.indexOf("0") : null;
}

function parseCidr(call: Call): ArmValue {
  const network = readNetwork(textAt(call, 0));
  const { version, start, prefix } = network;
  const bits = bitsOf(version);
  const last = start + sizeOf(network) - 1n;
  const mask = ((1n << BigInt(prefix)) - 1n) << BigInt(bits - prefix);
  const text = (value: bigint): string => formatIp({ version, value });
  const members: [string, ArmValue][] = [
    ["network", text(start)],
    ["netmask", text(mask)],
  ];
  if (version === 4) {
    const usable = hostsOf(network) > 0n;
    members.push(["broadcast", text(last)], ["firstUsable", text(usable ? start + 1n : start)]);
    members.push(["lastUsable", text(usable ? last - 1n : start)]);
  } else {
    members.push(["firstUsable", text(start)], ["lastUsable", text(last)]);
  }
  return ArmObject.of([...members, ["cidr", BigInt(prefix)]]);
}

function cidrSubnet(call: Call): ArmValue {
  const text = textAt(call, 0);
  const prefix = smallIntegerAt(call, 1);
  const index = BigInt(smallIntegerAt(call, 2));
  const network = readNetwork(text);
  if (prefix < 0 || prefix > MAX_BYTE)
    refuse("value", `The specified byte '${prefix}' is not a valid byte value (0-255).`);
  const { version, start } = network;
  if (prefix < network.prefix || prefix > bitsOf(version)) {
    refuse("value", `Could not generate subnet for network '${text}' and CIDR value '${prefix}'.`);
  }
  const count = 1n << BigInt(prefix - network.prefix);
  if (index < 0n || index >= count) {
    refuse("value", `The specified subnetIndex '${index}' is not a valid index of the subnet size '${count}'.`);
  }
  const value = start + (index << BigInt(bitsOf(version) - prefix));
  return `${formatIp({ version, value })}/${prefix}`;
}

/** Counts from the first usable address; a negative number counts back, out of the network if need be. */
function cidrHost(call: Call): ArmValue {
  const text = textAt(call, 0);
  const index = BigInt(smallIntegerAt(call, 1));
  const network = readNetwork(text);
  if (index >= 0n && index >= hostsOf(network)) {
    refuse("value", `Could not calculate the CidrHost for network '${text}' and CIDR value '${index}'.`);
  }
  const value = BigInt.asUintN(bitsOf(network.version), network.start + index + 1n);
  return formatIp({ version: network.version, value });
}
