import { lookUp } from "../lib/look-up.ts";
import { plural } from "../lib/plural.ts";
import type { Verdict } from "../verdict/decide.ts";
import type { FrontEnd } from "../plan/plan.ts";
import type { Report } from "./report.ts";

const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  allow: "Allowed",
  block: "Blocked",
  undecided: "Undecided",
  notJudged: "Not judged",
};

/** The verdict in one or two words. */
export function verdictWord(verdict: Verdict): string {
  return VERDICT_WORDS[verdict];
}

/** What the run found, in one line: `2 new, 1 existing, 1 fixed, 3 open`. */
export function countsLine({ summary }: Report): string {
  const parts = [
    [summary.new, "new"],
    [summary.existing, "existing"],
    [summary.fixed, "fixed"],
    [summary.open, "open"],
    [summary.waived, "waived"],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return said.length === 0 ? "no findings" : said.join(", ");
}

/** What would happen, in one line: `4 to create, 1 to modify, 9 unchanged`. */
export function changesLine({ summary }: Report): string {
  const { changes } = summary;
  const parts = [
    [changes.create, "to create"],
    [changes.modify, "to modify"],
    [changes.delete, "to delete"],
    [changes.deploy, "to deploy"],
    [changes.unsupported, "not supported by what-if"],
    [changes.noChange, "unchanged"],
    [changes.ignore, "outside the deployment"],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`);
  return said.length === 0 ? "no changes" : said.join(", ");
}

/** What could not be looked into, in one line; empty when everything was. */
export function coverageLine({ targets }: Report): string {
  const missing = targets.reduce((sum, { coverage }) => sum + coverage.notAnalysed.length, 0);
  return missing === 0 ? "" : `${missing} not analysed`;
}

const FRONT_ENDS: Readonly<Record<FrontEnd, string>> = {
  native: "Portcullis' own Bicep front end",
  cli: "the Bicep CLI",
};

/** Which front ends gave the digests, one line for each; none where there was no Bicep. */
export function frontEndLines({ targets }: Report): readonly string[] {
  const said = targets.flatMap(({ name, frontEnd }) => {
    const words = lookUp(FRONT_ENDS, frontEnd ?? ""); // a report of an earlier version says nothing
    return words === undefined ? [] : [{ name, words }];
  });
  const [first] = said;
  if (first === undefined) return [];
  if (said.every(({ words }) => words === first.words)) return [`The digest comes from ${first.words}.`];
  return said.map(({ name, words }) => `The digest of ${name} comes from ${words}.`);
}

/** What a reader must know before any finding: no before-world, or a policy that was weakened. One line each. */
export function caveats(report: Report): readonly string[] {
  return [...blindness(report), ...weakenings(report)];
}

/** Belongs into the first line of a report when nothing is known of the state before; else empty. */
export function blindNote({ targets }: Report): string {
  const judged = targets.filter(({ status }) => status === "judged");
  const isBlind = judged.length > 0 && judged.every(({ stateBasis }) => stateBasis === "none");
  return isBlind ? "every finding counts as new" : "";
}

function blindness(report: Report): readonly string[] {
  const judged = report.targets.filter(({ status }) => status === "judged");
  const blind = judged.filter(({ stateBasis }) => stateBasis === "none");
  if (blind.length === 0) return [];
  return blindNote(report) === ""
    ? [`Of ${blind.length} of ${judged.length} targets no state before is known: every finding there counts as new.`]
    : ["No state before the change is known."];
}

function weakenings({ policy }: Report): readonly string[] {
  const lines = policy.enforcement === "advise" ? ["Advice only: the verdict does not stop the pipeline."] : [];
  const weakened = [
    [policy.rulesOff.length, "rule off", "rules off"],
    [policy.severityOverrides.length, "severity changed", "severities changed"],
    [policy.assumptions.length, "assumption", "assumptions"],
    [policy.waiversUsed.length, "waiver in use", "waivers in use"],
  ] as const;
  const said = weakened.filter(([count]) => count > 0).map(([count, one, many]) => plural(count, one, many));
  return said.length === 0 ? lines : [...lines, `The configuration changes the policy: ${said.join(", ")}.`];
}

/** Why the run did not come to `allow`, without what the lines about refused targets say anyway. */
export function reasonsToShow({ reasons, targets }: Report): readonly string[] {
  const said = new Set(
    targets.flatMap(({ name, error }) => {
      const text = `not judged (${error?.code ?? ""}): ${error?.message ?? ""}`;
      return error === null ? [] : [text, `${name}: ${text}`];
    }),
  );
  return reasons.filter((reason) => !said.has(reason));
}
