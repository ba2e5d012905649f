import type { ArmValue } from "../../../expression/arm-value.ts";
import type { NodeEvaluator } from "./evaluate-node.ts";
import { literalText, membersOf } from "./literal.ts";
import { type TemplateNode, valueOf } from "./node.ts";
import { refuseTemplate } from "./refusal.ts";

/** A type with its references followed. */
export interface DeclaredType {
  /** In lower case; `null` where any value is taken. */
  readonly name: string | null;
  readonly nullable: boolean;
  readonly allowed: readonly ArmValue[] | null;
  readonly minLength: number | null;
  readonly maxLength: number | null;
  readonly minValue: bigint | null;
  readonly maxValue: bigint | null;
  readonly properties: ReadonlyMap<string, TemplateNode>;
  /** The type of further members; `none` where there must be none, `null` where nothing is said. */
  readonly additional: TemplateNode | "none" | null;
  readonly prefixItems: readonly TemplateNode[];
  readonly items: TemplateNode | "none" | null;
  readonly discriminator: { readonly propertyName: string; readonly mapping: ReadonlyMap<string, TemplateNode> } | null;
}

const ANY: DeclaredType = {
  name: null,
  nullable: true,
  allowed: null,
  minLength: null,
  maxLength: null,
  minValue: null,
  maxValue: null,
  properties: new Map(),
  additional: null,
  prefixItems: [],
  items: null,
  discriminator: null,
};

/** The types of one template: each is read once. */
export class Types {
  readonly any = ANY;
  readonly #template: TemplateNode;
  readonly #nodes: NodeEvaluator;
  readonly #known = new Map<TemplateNode, DeclaredType>();

  constructor(template: TemplateNode, nodes: NodeEvaluator) {
    this.#template = template;
    this.#nodes = nodes;
  }

  /** The type that `node` declares. */
  of(node: TemplateNode): DeclaredType {
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    const type = this.#read(this.#chain(node));
    this.#known.set(node, type);
    return type;
  }

  /** Whether values of the type are secrets as a whole. */
  isSecure(type: DeclaredType): boolean {
    return type.name === "securestring" || type.name === "secureobject";
  }

  /** Whether values of the type can have secrets in them. Types may refer to themselves. */
  holdsSecrets(type: DeclaredType, seen: Set<DeclaredType> = new Set()): boolean {
    if (this.isSecure(type)) return true;
    if (seen.has(type)) return false;
    seen.add(type);
    const parts = [...type.properties.values(), ...type.prefixItems, ...(type.discriminator?.mapping.values() ?? [])];
    for (const each of [type.items, type.additional]) if (each !== null && each !== "none") parts.push(each);
    return parts.some((each) => this.holdsSecrets(this.of(each), seen));
  }

  /** The node and those it refers to, nearest first. @throws GateError TEMPLATE_INVALID when a reference leads nowhere */
  #chain(node: TemplateNode): readonly TemplateNode[] {
    const chain = [node];
    for (let at = node; ;) {
      const written = valueOf(at, "$ref");
      const reference = literalText(written);
      if (written === undefined || reference === undefined) return chain;
      const next = this.#pointedAt(reference);
      if (next === undefined) refuseTemplate(`there is no type '${reference}'`, written);
      if (chain.includes(next)) refuseTemplate(`the type '${reference}' is defined by itself`, written);
      chain.push(next);
      at = next;
    }
  }

  /** The part of the template that a JSON pointer names: `#/definitions/sku/properties/name`. */
  #pointedAt(reference: string): TemplateNode | undefined {
    const [start, ...steps] = reference.split("/");
    if (start !== "#") return undefined;
    let at: TemplateNode | undefined = this.#template;
    for (const step of steps) {
      const name = decoded(step).replaceAll("~1", "/").replaceAll("~0", "~");
      at = at?.kind === "array" ? at.elements[Number(name)] : valueOf(at, name);
    }
    return at;
  }

  #read(chain: readonly TemplateNode[]): DeclaredType {
    const find = (name: string): TemplateNode | undefined => {
      for (const node of chain) {
        const value = valueOf(node, name);
        if (value !== undefined) return value;
      }
      return undefined;
    };
    const allowed = find("allowedValues");
    const value = (name: string): ArmValue => {
      const node = find(name);
      return node === undefined ? null : this.#nodes.literal(node);
    };
    const list = allowed === undefined ? null : this.#nodes.literal(allowed);
    return {
      name: chain.some(isGuess) ? null : (literalText(find("type"))?.toLowerCase() ?? null),
      nullable: value("nullable") === true,
      allowed: Array.isArray(list) ? list : null,
      minLength: numberOf(value("minLength")),
      maxLength: numberOf(value("maxLength")),
      minValue: integerOf(value("minValue")),
      maxValue: integerOf(value("maxValue")),
      properties: new Map(membersOf(find("properties")).map((member) => [member.name, member.value])),
      additional: orNone(find("additionalProperties")),
      prefixItems: elementsOf(find("prefixItems")),
      items: orNone(find("items")),
      discriminator: discriminatorOf(find("discriminator")),
    };
  }
}

/** What part of an Azure resource's type a Bicep file names is told by the part's name alone: too little to refuse a value for. */
function isGuess(node: TemplateNode): boolean {
  if (!node.file.name.endsWith(".bicep")) return false;
  return valueOf(valueOf(node, "metadata"), "__bicep_resource_derived_type!") !== undefined;
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name; // a percent sign that escapes nothing
  }
}

function numberOf(value: ArmValue): number | null {
  return typeof value === "bigint" ? Number(value) : null;
}

function integerOf(value: ArmValue): bigint | null {
  return typeof value === "bigint" ? value : null;
}

function elementsOf(node: TemplateNode | undefined): readonly TemplateNode[] {
  return node?.kind === "array" ? node.elements : [];
}

function orNone(node: TemplateNode | undefined): TemplateNode | "none" | null {
  if (node?.kind === "scalar") return node.value === false ? "none" : null;
  return node ?? null;
}

function discriminatorOf(node: TemplateNode | undefined): DeclaredType["discriminator"] {
  if (node === undefined) return null;
  return {
    propertyName: literalText(valueOf(node, "propertyName")) ?? "",
    mapping: new Map(membersOf(valueOf(node, "mapping")).map(({ name, value }) => [name, value])),
  };
}
