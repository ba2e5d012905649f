import type { PhysicalLocation, Result } from "sarif";
import { plainLine, sarifText } from "../escape.ts";
import type { Location } from "../../plan/plan.ts";
import type { ReportFinding } from "../report.ts";
import { shorten } from "../shorten.ts";
import { levelOf } from "./descriptor.ts";

/** Characters of a message's fact, and of each name beside it: results of hostile names must not crowd the others out. */
const MAX_CHARS = 1_000;

const MAX_RELATED = 10;

/** A finding as a SARIF result. Its fingerprint fills the slot that GitHub reads, so an alert survives moved lines. */
export function toResult(finding: ReportFinding, ruleIndex: number): Result {
  const { fix, resource } = finding;
  const fact = shorten(finding.message, MAX_CHARS).replace(/\.?$/, ".");
  const place = resource.id ?? resource.address ?? `${resource.type} ${resource.name ?? ""}`;
  return {
    ruleId: finding.ruleId,
    ruleIndex,
    kind: "fail",
    level: levelOf(finding.severity),
    message: { text: sarifText(fix === null ? fact : `${fact} ${fix.description}.`) },
    locations: [
      {
        physicalLocation: physicalLocation(finding.location, finding.target),
        logicalLocations: [{ fullyQualifiedName: bounded(place), kind: "resource" }],
      },
    ],
    ...relatedLocations(finding),
    partialFingerprints: { primaryLocationLineHash: finding.fingerprint },
    properties: {
      state: finding.state,
      regression: finding.regression,
      property: bounded(finding.property),
      target: bounded(finding.target),
    },
  };
}

/** Where the value is used, when it is written in another place. */
function relatedLocations({ location, target }: ReportFinding): Pick<Result, "relatedLocations"> {
  const { related = [] } = location;
  if (related.length === 0) return {};
  const locations = related.slice(0, MAX_RELATED).map((each, index) => ({
    id: index + 1,
    message: { text: "Used here." },
    physicalLocation: physicalLocation(each, target),
  }));
  return { relatedLocations: locations };
}

/** Code scanning wants a file and a line: a source without lines points at the first. */
function physicalLocation(location: Location, target: string): PhysicalLocation {
  const { file, startLine, startColumn, endLine, endColumn } = location;
  return {
    artifactLocation: { uri: toUri(file ?? target), uriBaseId: "%SRCROOT%" },
    region: {
      startLine: startLine ?? 1,
      ...(startColumn === null ? {} : { startColumn }),
      ...(endLine === null ? {} : { endLine }),
      ...(endColumn === null ? {} : { endColumn }),
    },
  };
}

/**
 * A relative URI below the root of the repository: code scanning resolves neither absolute paths nor dot segments. What is outside the
 * repository keeps the part of its path that names it.
 */
function toUri(path: string): string {
  const segments: string[] = [];
  for (const segment of plainLine(path).split(/[\\/]+/)) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== "." && !/^[A-Za-z]:$/.test(segment))
      segments.push(encodeURIComponent(segment));
  }
  return segments.join("/") || "plan";
}

function bounded(text: string): string {
  return plainLine(shorten(text, MAX_CHARS));
}
