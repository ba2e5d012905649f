import { FUNCTIONS } from "../../src/expression/functions/index.ts";

/** A source of random numbers that always gives the same ones for the same seed (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** At least 0, less than 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(choices: readonly T[]): T {
    const choice = choices[this.below(choices.length)];
    if (choice === undefined) throw new Error("nothing to pick from");
    return choice;
  }
}

/** What an expression is meant to give; now and then it does not. */
type Kind = "string" | "int" | "float" | "bool" | "array" | "object" | "null";

const KINDS: readonly Kind[] = ["string", "int", "float", "bool", "array", "object", "null"];

const TEXTS = [
  "",
  "a",
  "abc",
  "Abc",
  "b",
  "zz-top",
  "Hello World",
  " pad ",
  "a,b;c",
  "é",
  "😀x",
  "ß",
  "İI",
  "[q]",
  "[[q]",
  "it''s",
  "{0}",
  "10",
  "-7",
  "3.75",
  "true",
  "null",
  "10.0.0.0/16",
  "10.1.2.3/24",
  "fd00::/48",
  "2024-01-31T10:20:30Z",
  "2020-02-29",
  "7 April 2020",
  "P1M",
  "-PT5H",
  "P1Y2M3DT4H5M6S",
  "yyyy-MM-dd",
  "u",
  "https://a.b/c?d=e",
  "http://u:p@h:8080/x/../y#z",
  "data:;base64,YQ==",
  "YWJj",
  '{"a":1}',
  "[1,2.5,null]",
  "a%20b+c",
  "Microsoft.A/b",
  "/subscriptions/x",
  "{0,5}|{1:N2}",
  "{0:X4}",
  "00000000-0000-0000-0000-000000000001",
  "\\n",
  'a"b',
  "e\u0301",
  "k",
  "x",
] as const;
const INTEGERS = [
  "0",
  "1",
  "2",
  "3",
  "-1",
  "5",
  "7",
  "10",
  "16",
  "24",
  "255",
  "-25",
  "100",
  "1000",
  "2147483647",
  "2147483648",
  "9223372036854775807",
  "-9223372036854775808",
];
const FLOATS = ["3.75", "1.0", "-0.0", "0.1", "1e21", "1e-7", "2.5", "123456.789"];
const FORMATS = [
  "{0}",
  "{0}-{1}",
  "{1}{0}",
  "{0,8}|",
  "{0,-8}|",
  "{0:N1}",
  "{0:D3}",
  "{0:X}",
  "{0:000.0}",
  "{{{0}}}",
  "{0:#,##0;(0)}",
  "{2}",
  "{0:E2}",
  "{0:P}",
];
const NAMES = ["a", "A", "b", "k", "K", "x", "X", "z", "é", "10", "2"];

/** Calls by what they give: `$string` and the like stand for an expression of that kind, `$any` for one of any. */
const CALLS: Readonly<Record<Kind, readonly string[]>> = {
  string: [
    "concat($string, $string)",
    "concat($string, $int, $bool)",
    "toLower($string)",
    "toUpper($string)",
    "trim($string)",
    "substring($string, $small)",
    "substring($string, $small, $small)",
    "replace($string, $string, $string)",
    "padLeft($string, $small, '0')",
    "padLeft($int, $small)",
    "string($any)",
    "join($array, $string)",
    "first($string)",
    "last($string)",
    "take($string, $small)",
    "skip($string, $small)",
    "base64($string)",
    "base64ToString(base64($string))",
    "base64ToString($string)",
    "uriComponent($string)",
    "uriComponentToString($string)",
    "dataUri($any)",
    "dataUriToString(dataUri($string))",
    "dataUriToString($string)",
    "format($format, $any, $any)",
    "format($format, $any)",
    "format($string, $any)",
    "guid($string)",
    "uniqueString($string, $string)",
    "uri($string, $string)",
    "cidrSubnet($string, $small, $small)",
    "cidrHost($string, $small)",
    "dateTimeAdd($string, $string)",
    "dateTimeAdd($string, $string, $string)",
    "dateTimeFromEpoch($int)",
    "resourceId($string, $string)",
    "resourceId('Microsoft.A/b/c', $string, $string)",
    "tenantResourceId($string, $string)",
    "extensionResourceId($string, 'Microsoft.A/b', $string)",
    "subscriptionResourceId('Microsoft.A/b', $string)",
    "ns.greet($string)",
    "parameters('s')",
    "variables('nested')",
    "buildUri($object)",
    "buildUri(createObject('scheme', 'https', 'host', $string, 'path', $string))",
    "parseUri($string).host",
    "resourceGroup().name",
    "parseCidr($string).network",
    "items($object)[0].key",
    "$object.k",
    "$object['x']",
  ],
  int: [
    "add($int, $int)",
    "sub($int, $int)",
    "mul($int, $int)",
    "div($int, $int)",
    "mod($int, $int)",
    "int($string)",
    "int($int)",
    "length($any)",
    "length($array)",
    "indexOf($string, $string)",
    "lastIndexOf($string, $string)",
    "indexOf($array, $any)",
    "lastIndexOf($array, $any)",
    "max($int, $int)",
    "min($array)",
    "max($array)",
    "dateTimeToEpoch($string)",
    "ns.double($int)",
    "parameters('i')",
    "parseCidr($string).cidr",
    "$array[0]",
    "$array[$small]",
  ],
  float: [
    "json('$number')",
    "float($int)",
    "float($string)",
    "max($float, $int)",
    "min($float, $float)",
    "variables('f')",
  ],
  bool: [
    "equals($any, $any)",
    "equals($string, $string)",
    "less($string, $string)",
    "greater($int, $int)",
    "lessOrEquals($float, $int)",
    "greaterOrEquals($string, $string)",
    "and($bool, $bool)",
    "or($bool, $bool)",
    "not($bool)",
    "bool($any)",
    "contains($string, $string)",
    "contains($array, $any)",
    "contains($object, $string)",
    "empty($any)",
    "startsWith($string, $string)",
    "endsWith($string, $string)",
    "true()",
    "false()",
    "parameters('b')",
  ],
  array: [
    "createArray($any, $any)",
    "createArray()",
    "array($any)",
    "concat($array, $array)",
    "range($small, $small)",
    "take($array, $small)",
    "skip($array, $small)",
    "union($array, $array)",
    "intersection($array, $array)",
    "distinct($array)",
    "flatten($array)",
    "flatten(createArray($array, $array))",
    "split($string, $string)",
    "split($string, createArray($string, $string))",
    "items($object)",
    "objectKeys($object)",
    "map($array, lambda('$v', $body))",
    "filter($array, lambda('$v', $bool))",
    "map($array, lambda('$v', '$w', $body))",
    "sort($array, lambda('l', 'r', less(lambdaVariables('l'), lambdaVariables('r'))))",
    "sort(createArray($int, $int, $int), lambda('l', 'r', less(lambdaVariables('l'), lambdaVariables('r'))))",
    "parameters('a')",
    "variables('cp')",
    "json('[1, 2.5, {\"r\": true}]')",
  ],
  object: [
    "createObject($name, $any)",
    "createObject($name, $any, $name, $any)",
    "createObject()",
    "union($object, $object)",
    "intersection($object, $object)",
    "shallowMerge(createArray($object, $object))",
    'json(\'{"q": [1, 2.5], "A": null}\')',
    "json(string($object))",
    "groupBy($array, lambda('$v', string(lambdaVariables('$v'))))",
    "toObject($array, lambda('$v', string(lambdaVariables('$v'))))",
    "toObject($array, lambda('$v', $string), lambda('$w', $body))",
    "mapValues($object, lambda('$v', $body))",
    "parseCidr($string)",
    "parseUri($string)",
    "parameters('o')",
    "variables('o')",
    "ns.obj($string)",
    "base64ToJson(base64(string($object)))",
  ],
  null: [
    "null()",
    "tryGet($object, $string)",
    "tryGet($array, $small)",
    "tryIndexFromEnd($array, $small)",
    "variables('n')",
    "first(createArray())",
  ],
};
const ANY_CALLS = [
  "if($bool, $any, $any)",
  "coalesce($any, $any)",
  "coalesce(null(), $any)",
  "reduce($array, $any, lambda('$v', '$w', $body))",
  "first($array)",
  "last($array)",
  "json(string($any))",
  "tryGet($any, $string)",
  "tryGet($any, $small, $string)",
  "indexFromEnd($array, $small)",
  "$object.$member",
  "$array[$small]",
  "tryIndexFromEnd($array, $small, $string)",
];

/** How likely a call is one of any function with any arguments. */
const WILD = 0.06;
/* Left out: what counts through ranges one by one, and what only makes sense in certain places. */
const NOT_WILD = new Set([
  "list*",
  "fail",
  "lambdaVariables",
  "externalInputs",
  "extensions",
  "resourceInfo",
  "references",
  "cidrSubnet",
]);
const WILD_FUNCTIONS = FUNCTIONS.map(({ name }) => name).filter((name) => !NOT_WILD.has(name));

const SCRAPS: readonly (readonly string[])[] = [
  [
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    '"a"',
    "''b''",
    "1",
    "-2.5e3",
    "0x1F",
    "017",
    "true",
    "null",
    "NaN",
    " ",
    "/* c */",
    "undefined",
    "\\u00e9",
    "k",
  ],
  ["2020", "-", "04", "/", "7", "T", "14", ":", "53", ".25", "Z", "+02:00", " ", "April", "Tue", "PM", ","],
  ["https", "://", "a.b", ":8080", "/", "..", ".", "?", "q=1", "#", "f", "%41", "%c3%a9", "é", " ", "@", "[::1]", "x"],
  ["{0", "{1", "}", ",5", ",-8", ":N1", ":D3", ":X", ":0.00", ":#,##0", ":E2", "{{", "}}", "a", " ", ":P", ";"],
  [
    "yyyy",
    "MM",
    "dd",
    "HH",
    "mm",
    "ss",
    "fff",
    "FF",
    "zzz",
    "K",
    "-",
    "''T''",
    ":",
    "/",
    " ",
    "MMMM",
    "dddd",
    "tt",
    "%d",
    "h",
  ],
  ["10", ".", "0", "255", "/", "8", "24", "::", ":", "fd00", "ffff", " ", "1", "%e"],
  ["P", "1Y", "2M", "3D", "T", "4H", "5M", "6.5S", "-", "1W"],
];
const SMALL = ["0", "1", "2", "3", "4", "6", "12", "16", "24", "-1"];

/** What only Azure can answer. */
const UNKNOWNS = [
  "reference('x', '2021-01-01').y",
  "reference('z').p.q",
  "environment().name",
  "listKeys('x', '2021-01-01').k",
];

/** Grows random expressions from a seed. */
export class ExpressionGrower {
  readonly #random: Random;
  /** How likely a leaf is one of `#leaves`. */
  readonly #share: number;
  readonly #leaves: readonly string[];
  #variables: string[] = [];

  /** @param share how likely a leaf is one of `leaves`: by default, something that only Azure can answer */
  constructor(seed: number, share = 0, leaves: readonly string[] = UNKNOWNS) {
    this.#random = new Random(seed);
    this.#share = share;
    this.#leaves = leaves;
  }

  /** An expression of at most `depth` calls within each other. */
  grow(depth: number): string {
    this.#variables = [];
    return this.#of(this.#random.pick(KINDS), depth);
  }

  /** `expression` with that probability, once or twice, a character added, removed or replaced. */
  mangled(expression: string, probability: number): string {
    const random = this.#random;
    let text = expression;
    while (random.chance(probability) && text.length < expression.length + 3) {
      const at = random.below(text.length + 1);
      const character = random.pick([
        "",
        "'",
        "(",
        ")",
        "[",
        "]",
        ",",
        ".",
        " ",
        "-",
        "+",
        "1",
        "a",
        "_",
        "$",
        '"',
        "é",
        "{",
        "?",
        "\n",
        "e",
      ]);
      text = text.slice(0, at) + character + text.slice(at + random.below(2));
    }
    return text;
  }

  #of(kind: Kind | "any", depth: number): string {
    const random = this.#random;
    if (random.chance(this.#share)) return random.pick(this.#leaves);
    if (depth > 0 && random.chance(WILD)) return this.#wildCall(depth - 1);
    if (kind === "any" || random.chance(0.03)) {
      if (depth > 0 && random.chance(0.4)) return this.#fill(random.pick(ANY_CALLS), depth - 1);
      return this.#of(random.pick(KINDS), depth);
    }
    if (this.#variables.length > 0 && random.chance(0.15)) return `lambdaVariables('${random.pick(this.#variables)}')`;
    return depth <= 0 || random.chance(0.25) ? this.#leaf(kind) : this.#fill(random.pick(CALLS[kind]), depth - 1);
  }

  /** Any function with any arguments: most of them are refused. */
  #wildCall(depth: number): string {
    const random = this.#random;
    const count = random.pick([0, 1, 1, 1, 2, 2, 2, 3, 3, 4]);
    const args = Array.from({ length: count }, () => this.#of("any", random.chance(0.6) ? 0 : depth));
    return `${random.pick(WILD_FUNCTIONS)}(${args.join(", ")})`;
  }

  /** A text put together from pieces of JSON, dates, addresses or formats. */
  #scrap(): string {
    const pieces = this.#random.pick(SCRAPS);
    const count = 1 + this.#random.below(7);
    return `'${Array.from({ length: count }, () => this.#random.pick(pieces)).join("")}'`;
  }

  #leaf(kind: Kind): string {
    const random = this.#random;
    switch (kind) {
      case "string":
        return random.chance(0.15) ? this.#scrap() : `'${random.pick(TEXTS)}'`;
      case "int":
        return random.pick(INTEGERS);
      case "float":
        return `json('${random.pick(FLOATS)}')`;
      case "bool":
        return random.pick(["true()", "false()"]);
      case "array":
        return random.pick([
          "createArray()",
          "createArray(1, 2, 3)",
          "createArray('b', 'a', 'B')",
          "createArray(createArray(1), createArray(2, 'x'))",
          "createArray(1, 'a', null(), json('1.0'))",
          "createArray(createObject('a', 1, 'b', 2), createObject('b', 2, 'a', 1))",
        ]);
      case "object":
        return random.pick([
          "createObject()",
          "createObject('a', 1, 'b', 'two')",
          "createObject('B', true(), 'é', 'ü')",
          "createObject('n', createObject('x', createArray(1)), 'z', null())",
          "createObject('n', createObject('X', 5, 'y', 6))",
        ]);
      default:
        return "null()";
    }
  }

  #fill(pattern: string, depth: number): string {
    const outer = [...this.#variables];
    const names = { $v: `v${this.#random.below(4)}`, $w: `w${this.#random.below(4)}` };
    const filled = pattern.replaceAll(/\$(?<hole>\w+)/g, (_, hole: string) => {
      if (hole === "v" || hole === "w") {
        const name = names[`$${hole}`];
        this.#variables.push(name);
        return name;
      }
      return this.#hole(hole, depth);
    });
    this.#variables = outer;
    return filled;
  }

  #hole(hole: string, depth: number): string {
    const random = this.#random;
    switch (hole) {
      case "body":
        return this.#body(depth);
      case "small":
        return random.chance(0.8) ? random.pick(SMALL) : this.#of("int", depth);
      case "format":
        return `'${random.pick(FORMATS)}'`;
      case "name":
        return random.chance(0.8) ? `'${random.pick(NAMES)}'` : this.#of("string", depth);
      case "member":
        return random.pick(["a", "A", "k", "x", "n", "b"]);
      case "number":
        return random.pick(FLOATS);
      default:
        return this.#of(KINDS.find((kind) => kind === hole) ?? "any", depth);
    }
  }

  #body(depth: number): string {
    const known = this.#variables.length > 0 && this.#random.chance(0.5);
    return known ? `lambdaVariables('${this.#random.pick(this.#variables)}')` : this.#of("any", depth);
  }
}
