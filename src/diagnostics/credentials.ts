/**
 * Formats that only credentials have. Each matches in linear time: where a run of characters is counted, the count is fixed, or the
 * match can start only where the run does.
 *
 * @see https://github.com/microsoft/security-utilities (the signatures inside Azure keys)
 */
const CREDENTIAL_FORMATS: readonly RegExp[] = [
  // Azure OpenAI and AI Services keys since 2024, and other keys of that make: 84 characters
  /[A-Za-z0-9]{52}JQQJ9[9DH][A-Za-z0-9][A-L][A-Za-z0-9]{16}[A-Za-z][A-Za-z0-9]{7}/,
  // keys that carry their service's signature: Search, Redis, Functions, Container Registry, Event Hubs, Service Bus, Relay
  /[A-Za-z0-9]{42}AzSe[A-D][A-Za-z0-9]{5}/,
  /[A-Za-z0-9]{33}AzCa[A-P][A-Za-z0-9]{5}=/,
  /[A-Za-z0-9_-]{44}AzFu[A-Za-z0-9_-]{5}[AQgw]==/,
  /[A-Za-z0-9+/]{42}\+ACR[A-D][A-Za-z0-9+/]{5}/,
  /[A-Za-z0-9+/]{33}\+A(?:Eh|Sb|Rm)[A-P][A-Za-z0-9+/]{5}=/,
  // 512-bit keys: storage, Cosmos DB, Batch, API Management
  /(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{86}==(?![A-Za-z0-9+/=])/,
  /\b(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{30}/i,
  /[?&;]sig=[A-Za-z0-9%+/]{30}/i,
  /\bsk-(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{20}/,
  /\bgh[pousr]_[A-Za-z0-9]{36}|\bgithub_pat_\w{40}/,
  /-----BEGIN (?:[A-Z]{1,20} )?PRIVATE KEY-----/,
  // signed tokens
  /(?<![\w.-])eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10}/,
  // Entra client secrets
  /(?<![\w~.-])[A-Za-z0-9]{3}[78]Q~[A-Za-z0-9_~.-]{31,34}(?![\w~.-])/,
];

/** No credential format is shorter. */
const SHORTEST = 20;

/** Whether a text is, or contains, something in the format of a credential. */
export function looksLikeCredential(text: string): boolean {
  return text.length >= SHORTEST && CREDENTIAL_FORMATS.some((format) => format.test(text));
}

/** What may follow a match and still belongs to it: most formats above are only as long as it takes to recognise them. */
const REST = "[\\w+/=~%-]*";

/** A private key in PEM form: the whole block, and everything that follows where its end is missing. */
const KEY_BLOCK =
  /-----BEGIN (?:[A-Z]{1,20} )?PRIVATE KEY-----[\s\S]*?(?:-----END (?:[A-Z]{1,20} )?PRIVATE KEY-----|$)/g;

/** `text` with everything in the format of a credential replaced by `«secret»`. */
export function redactText(text: string): string {
  if (!looksLikeCredential(text)) return text;
  let redacted = text.replaceAll(KEY_BLOCK, "«secret»");
  for (const format of CREDENTIAL_FORMATS)
    redacted = redacted.replaceAll(new RegExp(format.source + REST, `${format.flags}g`), "«secret»");
  return redacted;
}
