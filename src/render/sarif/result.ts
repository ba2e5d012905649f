import type { PhysicalLocation, Result } from "sarif";
import type { ReportFinding } from "../report.ts";
import { levelOf } from "./descriptor.ts";

/** A finding as a SARIF result. Its fingerprint fills the slot that GitHub reads, so an alert survives moved lines. */
export function toResult(finding: ReportFinding, ruleIndex: number): Result {
  const { fix, resource } = finding;
  const advice = fix === null ? "" : ` ${fix.description}.`;
  return {
    ruleId: finding.ruleId,
    ruleIndex,
    kind: "fail",
    level: levelOf(finding.severity),
    message: { text: `${finding.message}.${advice}` },
    locations: [
      {
        physicalLocation: physicalLocation(finding),
        logicalLocations: [
          {
            fullyQualifiedName: resource.id ?? resource.address ?? `${resource.type} ${resource.name ?? ""}`,
            kind: "resource",
          },
        ],
      },
    ],
    partialFingerprints: { primaryLocationLineHash: finding.fingerprint },
    properties: {
      state: finding.state,
      regression: finding.regression,
      property: finding.property,
      target: finding.target,
    },
  };
}

/** Code scanning wants a file and a line: a source without lines points at the first. */
function physicalLocation({ location, target }: ReportFinding): PhysicalLocation {
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

/** A relative URI: code scanning resolves no absolute paths. */
function toUri(path: string): string {
  return path.replace(/^\/+/, "").split("/").map(encodeURIComponent).join("/");
}
