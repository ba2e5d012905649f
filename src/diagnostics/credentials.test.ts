import { describe, expect, it } from "vitest";
import { looksLikeCredential, redactText } from "./credentials.ts";

/** `length` characters that are obviously made up. */
function filler(length: number, alphabet = "FAKEfake0123"): string {
  return alphabet.repeat(Math.ceil(length / alphabet.length)).slice(0, length);
}

/** One value in each format, as long as the real ones, without any real one's content. */
const CREDENTIALS: readonly (readonly [name: string, value: string])[] = [
  ["Azure OpenAI key", `${filler(52)}JQQJ99${filler(1)}AC${filler(15)}a${filler(7)}`],
  ["Azure AI Search key", `${filler(42)}AzSeA${filler(5)}`],
  ["Redis key", `${filler(33)}AzCaA${filler(5)}=`],
  ["Functions key", `${filler(44)}AzFu${filler(5)}Q==`],
  ["Container Registry password", `${filler(42)}+ACRA${filler(5)}`],
  ["Event Hubs key", `${filler(33)}+AEhA${filler(5)}=`],
  ["Service Bus key", `${filler(33)}+ASbA${filler(5)}=`],
  ["storage key", `${filler(86)}==`],
  ["connection string", `AccountKey=${filler(86)}==`],
  ["access policy", `SharedAccessKey=${filler(43)}=`],
  ["signature of an address", `?sv=2024&sig=${filler(43)}%3D`],
  ["OpenAI key", `sk-${filler(48)}`],
  ["OpenAI project key", `sk-proj-${filler(120)}`],
  ["GitHub token", `ghp_${filler(36)}`],
  ["GitHub app token", `ghs_${filler(36)}`],
  ["fine-grained GitHub token", `github_pat_${filler(82)}`],
  ["signed token", `eyJ${filler(20)}.eyJ${filler(200)}.${filler(342)}`],
  ["Entra client secret", `abc8Q~${filler(34)}`],
  ["private key", `-----BEGIN PRIVATE KEY-----\n${filler(64)}\n${filler(30)}=\n-----END PRIVATE KEY-----`],
  ["RSA private key", `-----BEGIN RSA PRIVATE KEY-----\n${filler(64)}\n-----END RSA PRIVATE KEY-----`],
  ["private key that was cut off", `-----BEGIN EC PRIVATE KEY-----\n${filler(64)}\n${filler(64)}`],
];

/** Texts that people write where a credential could stand. */
const HARMLESS = [
  "",
  "Standard",
  "aoai-prod-westeurope-001",
  "11111111-2222-3333-4444-555555555555",
  "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/aoai",
  "0123456789abcdef0123456789abcdef",
  "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  "v1:0123456789abcdef0123456789abcdef",
  "@Microsoft.KeyVault(SecretUri=https://kv.vault.azure.net/secrets/openai-key)",
  "risk-assessment-of-the-deployment-pipeline",
  "task-runner-and-desk-research-for-everybody",
  "-----BEGIN CERTIFICATE-----",
  "eyJhbGciOi",
  "sig=short",
  "AccountKey=short",
];

describe("looksLikeCredential", () => {
  it.each(CREDENTIALS)("knows a %s", (_, value) => {
    expect(looksLikeCredential(value)).toBe(true);
    expect(looksLikeCredential(`in the middle (${value}) of a sentence`)).toBe(true);
  });

  it.each(HARMLESS)("leaves %j alone", (text) => {
    expect(looksLikeCredential(text)).toBe(false);
    expect(redactText(text)).toBe(text);
  });
});

describe("redactText", () => {
  it.each(CREDENTIALS)("leaves nothing of a %s", (_, value) => {
    const redacted = redactText(`before, ${value}`);
    expect(redacted.startsWith("before, ")).toBe(true);
    expect(redacted).toContain("«secret»");
    for (const part of value.split(/[\n.&?]/).filter((text) => text.length >= 12)) expect(redacted).not.toContain(part);
    expect(redacted).not.toContain("FAKEfake");
  });

  it("keeps what stands around a credential", () => {
    const [, key = ""] = CREDENTIALS[0] ?? [];
    expect(redactText(`first "${key}" then (${key}), last`)).toBe('first "«secret»" then («secret»), last');
    expect(redactText(`-----BEGIN PRIVATE KEY-----\nFAKE\n-----END PRIVATE KEY-----\nafter`)).toBe("«secret»\nafter");
  });

  it("changes nothing the second time", () => {
    const text = CREDENTIALS.map(([name, value]) => `${name}: ${value}`).join("\n");
    expect(redactText(redactText(text))).toBe(redactText(text));
  });
});

describe("time", () => {
  const runs = [
    ["one long word", "FAKEfake0123"],
    ["beginnings of keys", "sk-"],
    ["beginnings of signed tokens", "eyJ"],
    ["parts of signed tokens", ".eyJFAKEfake0123"],
    ["assignments", "AccountKey="],
    ["query parameters", "&sig=FAKE"],
    ["beginnings of key blocks", "-----BEGIN RSA "],
    ["whole key-block headers", "-----BEGIN PRIVATE KEY-----"],
    ["client secrets that never end", "abc8Q~"],
    ["plus signs", "+ACR"],
    ["equals signs", "="],
  ] as const;

  it.each(runs)("grows no faster than the text: %s", (_, part) => {
    const text = part.repeat(Math.ceil(150_000 / part.length));
    const start = performance.now();
    looksLikeCredential(text);
    redactText(text);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
