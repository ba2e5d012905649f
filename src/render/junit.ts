import { displayValue } from "./display-value.ts";
import { xml } from "./escape.ts";
import type { Report, ReportFinding, ReportTarget } from "./report.ts";

/**
 * The report as JUnit XML: one suite a target, one case a finding; blocking findings fail, others are skipped with their reason, and a target
 * that was not judged is an error. A target without findings has one passing case.
 *
 * @see https://github.com/testmoapp/junitxml
 */
export function renderJunit(report: Report): string {
  const suites = report.targets.map((target) =>
    suite(
      target,
      report.findings.filter((finding) => finding.target === target.name && finding.state !== "fixed"),
    ),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="portcullis">\n${suites.join("")}</testsuites>\n`;
}

function suite({ name, error }: ReportTarget, findings: readonly ReportFinding[]): string {
  const failures = findings.filter(({ blocking }) => blocking).length;
  const cases = error === null ? findings.map(findingCase) : [errorCase(name, error)];
  if (cases.length === 0) cases.push(`    <testcase classname="portcullis" name="no findings"/>\n`);
  const skipped = error === null ? findings.length - failures : 0;
  const counts = `tests="${cases.length}" failures="${failures}" errors="${error === null ? 0 : 1}" skipped="${skipped}"`;
  return `  <testsuite name="${xml(name)}" ${counts}>\n${cases.join("")}  </testsuite>\n`;
}

function errorCase(name: string, error: NonNullable<ReportTarget["error"]>): string {
  return `    <testcase classname="portcullis" name="${xml(name)}">\n      <error type="${error.code}" message="${xml(error.message)}">${xml(error.hint)}</error>\n    </testcase>\n`;
}

function findingCase(finding: ReportFinding): string {
  const { location, resource } = finding;
  const place =
    location.file === null
      ? ""
      : ` file="${xml(location.file)}"${location.startLine === null ? "" : ` line="${location.startLine}"`}`;
  const name = `${finding.message} [${resource.name ?? resource.type}]`;
  const element = finding.blocking ? "failure" : "skipped";
  const body = element === "failure" ? xml(bodyText(finding)) : "";
  const kind = element === "failure" ? ` type="${finding.severity}"` : "";
  return `    <testcase classname="${xml(finding.ruleId)}" name="${xml(name)}"${place}>\n      <${element}${kind} message="${xml(standing(finding))}">${body}</${element}>\n    </testcase>\n`;
}

function standing({ severity, state, outcome, waiver, subsumedBy }: ReportFinding): string {
  const notes = [
    outcome === "open" ? "open" : "",
    waiver?.status === "active" ? "waived" : "",
    subsumedBy === null ? "" : `see ${subsumedBy}`,
  ];
  return [severity, state, ...notes].filter((note) => note !== "").join(", ");
}

function bodyText({ property, actual, fix, resource }: ReportFinding): string {
  const lines = [
    `resource: ${resource.id ?? resource.address ?? resource.type}`,
    property === "" ? "" : `property: ${property} is ${displayValue(actual)}`,
    fix === null ? "" : `fix: ${fix.description}`,
  ];
  return lines.filter((line) => line !== "").join("\n");
}
