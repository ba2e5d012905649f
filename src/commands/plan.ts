import { GateError } from "../diagnostics/gate-error.ts";
import { Unknown } from "../expression/value.ts";
import { exitCodeOfKind } from "../hosts/exit-code.ts";
import { labelOf } from "../plan/planned-resource.ts";
import { terminal } from "../render/escape.ts";
import { renderPlanJson } from "../render/plan-document.ts";
import { toPrintable } from "../render/printable.ts";
import type { LoadedTarget } from "../sources/loaded-target.ts";
import type { RunCommand } from "./command.ts";
import { loadOperands } from "./load-operands.ts";

/** `portcullis plan`: prints the normalised plan, without rules. */
export const plan: RunCommand = async (args, ports, signal) => {
  const { output } = ports;
  const { targets } = await loadOperands(args, ports, signal);
  for (const { format, file } of args.outputs) {
    if (format !== "text" && format !== "json")
      throw new GateError("USAGE", `portcullis plan does not print ${format}; expected text, json`);
    const text = format === "json" ? renderPlanJson(targets) : planText(targets);
    if (file === null) output.print(text);
    else await output.writeFile(file, text);
  }
  const codes = new Set<number>(targets.flatMap(({ error }) => (error === null ? [] : [exitCodeOfKind(error.kind)])));
  for (const { error } of targets)
    if (error !== null) output.note(terminal(`${error.code}: ${error.message}. ${error.hint}`));
  return [70, 2, 3].find((code) => codes.has(code)) ?? 0;
};

function planText(targets: readonly LoadedTarget[]): string {
  return targets.map(targetText).join("\n");
}

function targetText({ name, source, plan: loaded, error }: LoadedTarget): string {
  if (loaded === null)
    return `${terminal(name)}\n  ${terminal(error === null ? "not read" : `${error.code}: ${error.message}`)}\n`;
  const rows = loaded.resources.map((resource) => {
    const hidden = (resource.after ?? resource.before) instanceof Unknown ? "  (properties not shown)" : "";
    return `  ${resource.changeType.padEnd(12)}${terminal(resource.type)}  ${terminal(labelOf(resource))}${hidden}`;
  });
  const missing = loaded.notAnalysed.map(
    ({ resource, reason }) => `  not analysed: ${terminal(resource)}: ${terminal(reason)}`,
  );
  const outputs = Object.entries(loaded.outputs).map(
    ([output, { value }]) => `  output      ${terminal(output)} = ${terminal(JSON.stringify(toPrintable(value)))}`,
  );
  return [
    `${terminal(name)} (${source ?? "unknown"}): ${loaded.resources.length} resources`,
    ...rows,
    ...outputs,
    ...missing,
    "",
  ].join("\n");
}
