import { GateError } from "../diagnostics/gate-error.ts";
import type { Waiver } from "../findings/waiver.ts";
import type { RuleNames } from "../rules/names.ts";
import type { ParsedConfig } from "./parse-config.ts";
import { rulesNamed } from "./select-rules.ts";

/** What a written waiver is read against. */
interface WaiverContext {
  readonly parsed: ParsedConfig | null;
  readonly names: RuleNames;
  /** The day that expiries are measured against, `YYYY-MM-DD`. */
  readonly asOf: string;
}

type WrittenWaiver = NonNullable<ParsedConfig["config"]["waivers"]>[number];

function toWaiver(written: WrittenWaiver, index: number, context: WaiverContext): Waiver {
  const place = context.parsed?.placeOf(["waivers", index]) ?? "";
  const rules = rulesNamed(written.rule, context.names, place);
  if (rules.length > 1 && written.resource === undefined) {
    const ids = rules.map(({ id }) => id).join(", ");
    throw new GateError(
      "CONFIG_INVALID",
      `${place}: ${written.rule} stands for several rules (${ids}); name the resource`,
    );
  }
  return {
    ruleIds: rules.map(({ id }) => id),
    resource: written.resource ?? null,
    reason: written.reason,
    owner: written.owner,
    expires: written.expires ?? null,
    approvedBy: null,
    source: place,
    status: isPast(written.expires ?? null, context.asOf) ? "expired" : "active",
  };
}

/** The waivers of the configuration that counts. */
export function standingWaivers(context: WaiverContext): readonly Waiver[] {
  return (context.parsed?.config.waivers ?? []).map((written, index) => toWaiver(written, index, context));
}

/**
 * Waivers that only the change under review has: they lift nothing until somebody whom the base configuration entitles approves the
 * change.
 */
export function proposedWaivers(
  head: ParsedConfig | null,
  approvedBy: readonly string[],
  context: WaiverContext,
): readonly Waiver[] {
  const base = context.parsed?.config;
  const standing = new Set((base?.waivers ?? []).map((waiver) => JSON.stringify(waiver)));
  const entitled = new Set((base?.approvers ?? []).map((login) => login.replace(/^@/, "").toLowerCase()));
  const approver = approvedBy.find((login) => entitled.has(login.toLowerCase())) ?? null;
  return (head?.config.waivers ?? []).flatMap((written, index) => {
    if (standing.has(JSON.stringify(written))) return [];
    const waiver = toWaiver(written, index, { ...context, parsed: head });
    return [
      {
        ...waiver,
        approvedBy: approver,
        status: waiver.status === "active" && approver === null ? ("proposed" as const) : waiver.status,
      },
    ];
  });
}

/** Whether a day has gone by. Days compare as texts; something still holds on its last day. */
export function isPast(expires: string | null, asOf: string): boolean {
  return expires !== null && expires < asOf;
}
