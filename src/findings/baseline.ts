import { GateError } from "../diagnostics/gate-error.ts";
import { isRecord } from "../lib/is-record.ts";
import type { Baseline } from "./classify.ts";

/**
 * The findings that an earlier JSON report lists, fixed ones left out.
 *
 * @throws GateError BASELINE_INVALID when the text is not such a report
 */
export function parseBaseline(text: string, name: string): Baseline {
  const baseline = new Map<string, { readonly magnitude: number | null }>();
  for (const finding of findingsOf(text, name)) {
    if (!isRecord(finding) || typeof finding["fingerprint"] !== "string")
      throw new GateError("BASELINE_INVALID", `${name} lists a finding without fingerprint`);
    const magnitude = finding["magnitude"];
    if (finding["state"] !== "fixed")
      baseline.set(finding["fingerprint"], { magnitude: typeof magnitude === "number" ? magnitude : null });
  }
  return baseline;
}

function findingsOf(text: string, name: string): readonly unknown[] {
  let report: unknown;
  try {
    report = JSON.parse(text);
  } catch (cause) {
    throw new GateError("BASELINE_INVALID", `${name} is not valid JSON`, { cause });
  }
  if (!isRecord(report) || report["schemaVersion"] !== "1" || !Array.isArray(report["findings"])) {
    throw new GateError("BASELINE_INVALID", `${name} is not a Portcullis report`);
  }
  return report["findings"];
}
