import type { TemplateNode } from "../../arm/template/node.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { LoweringSession } from "./session.ts";

/**
 * The template that Microsoft's compiler makes of the entry of a workspace, every part of it with the place it was written at.
 * Modules are part of it, each lowered once however often it is used. The files must have been checked: of what the compiler
 * refuses, something is made all the same.
 *
 * @throws GateError BICEP_FAILED when a file cannot be read, or uses itself as a module
 */
export function lower(workspace: Workspace): TemplateNode {
  return new LoweringSession(workspace).content(workspace.entry.path).template;
}
