import { displayValue } from "./display-value.ts";
import { xml } from "./escape.ts";
import type { Report, ReportError, ReportFinding } from "./report.ts";

/**
 * The report as JUnit XML: one suite a target, one case a finding; blocking findings fail, others are skipped with their reason, and a target
 * that was not judged is an error. A target without findings has one passing case. Targets of one name, as matrix jobs may have, share a suite.
 *
 * @see https://github.com/testmoapp/junitxml
 */
export function renderJunit(report: Report): string {
  const suites = new Map<string, Cases>(report.targets.map(({ name }) => [name, { errors: [], findings: [] }]));
  for (const { name, error } of report.targets) if (error !== null) suites.get(name)?.errors.push(error);
  for (const finding of report.findings) {
    if (finding.state !== "fixed") suites.get(finding.target)?.findings.push(finding);
  }
  const texts = [...suites].map(([name, cases]) => suite(name, cases));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="portcullis">\n${texts.join("")}</testsuites>\n`;
}

interface Cases {
  readonly errors: ReportError[];
  readonly findings: ReportFinding[];
}

function suite(name: string, { errors, findings }: Cases): string {
  const failures = findings.filter(({ blocking }) => blocking).length;
  const cases = [...errors.map((error) => errorCase(name, error)), ...findings.map(findingCase)];
  if (cases.length === 0) cases.push(`    <testcase classname="portcullis" name="no findings"/>\n`);
  const counts = `tests="${cases.length}" failures="${failures}" errors="${errors.length}" skipped="${findings.length - failures}"`;
  return `  <testsuite name="${xml(name)}" ${counts}>\n${cases.join("")}  </testsuite>\n`;
}

function errorCase(name: string, error: ReportError): string {
  return `    <testcase classname="portcullis" name="${xml(name)}">\n      <error type="${xml(error.code)}" message="${xml(error.message)}">${xml(error.hint)}</error>\n    </testcase>\n`;
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
