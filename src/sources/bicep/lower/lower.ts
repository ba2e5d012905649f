import type { TemplateNode } from "../../arm/template/node.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { LoweredParameters } from "./lower-parameters.ts";
import { LoweringSession, type LoweringOptions } from "./session.ts";

/** What a workspace comes to. */
export interface Lowered {
  /** Absent for parameters files that name no template, or one that is not at hand. */
  readonly template: TemplateNode | undefined;
  /** The file that the template is made of; `undefined` as above. */
  readonly templatePath: string | undefined;
  /** What the entry says when it is a parameters file. */
  readonly parameters: LoweredParameters | undefined;
}

/**
 * The template that Microsoft's compiler makes of the entry of a workspace, every part of it with the place it was written at.
 * Modules are part of it, each lowered once however often it is used. When the entry is a parameters file: what it says, and the
 * template it is for. The files must have been checked: of what the compiler refuses, something is made all the same.
 *
 * @throws GateError BICEP_FAILED when a file cannot be read, or uses itself as a module; PARAMETER_INVALID when the value of a
 *   parameter cannot be worked out
 */
export function lower(workspace: Workspace, options: LoweringOptions = {}): Lowered {
  const { entry } = workspace;
  const session = new LoweringSession(workspace, options);
  if (entry.tree.kind === "template") {
    const { template } = session.content(entry.path);
    return { template, templatePath: entry.path, parameters: undefined };
  }
  const templatePath = session.templatePath(entry.path);
  const template = templatePath === undefined ? undefined : session.content(templatePath).template;
  return { template, templatePath, parameters: session.parameters(entry.path) };
}
