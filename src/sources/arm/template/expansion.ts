import { posix } from "node:path";
import type { Evaluator } from "../../../expression/evaluate.ts";
import type { Sensitive } from "../../../expression/value.ts";
import type { Notification } from "../../../diagnostics/notification.ts";
import type { NotAnalysed } from "../../../plan/plan.ts";
import { NodeEvaluator } from "./evaluate-node.ts";
import { refuseTemplate } from "./refusal.ts";
import type { TemplateNode } from "./node.ts";
import type { TemplateRequest } from "./request.ts";
import { readTemplate, type Template } from "./template.ts";

/** Most resources of one expansion, far beyond the 800 that Resource Manager takes: loops within nested deployments multiply. */
const MAX_RESOURCES = 100_000;

/** What all deployments of one expansion share. */
export class Expansion {
  readonly request: TemplateRequest;
  readonly nodes: NodeEvaluator;
  readonly notAnalysed: NotAnalysed[] = [];
  readonly missingTemplates = new Set<string>();
  /** The parameters that were given secrets from outside; all other secrets stand in the template for everyone to read. */
  givenSecrets: readonly string[] = [];
  #resources = 0;
  readonly #notifications = new Map<string, Notification>();
  readonly #templates = new Map<TemplateNode, Template>();

  constructor(request: TemplateRequest, evaluator: Evaluator) {
    this.request = request;
    this.nodes = new NodeEvaluator(evaluator);
  }

  get evaluator(): Evaluator {
    return this.nodes.evaluator;
  }

  get notifications(): readonly Notification[] {
    return [...this.#notifications.values()];
  }

  /** Whether a secret comes, or may come, from outside. */
  isFromOutside({ expression }: Sensitive): boolean {
    if (expression === null) return this.givenSecrets.length > 0;
    const text = expression.toLowerCase();
    return this.givenSecrets.some((name) => text.includes(`parameters('${name.replaceAll("'", "''").toLowerCase()}')`));
  }

  /** Says something about the run, once. */
  notify(level: Notification["level"], code: string, message: string): void {
    this.#notifications.set(`${code} ${message}`, { level, code, message });
  }

  /** Lists something that could not be looked into. */
  leaveOut(resource: string, reason: string): void {
    this.notAnalysed.push({ resource, reason });
  }

  /** Counts one more resource. @throws GateError TEMPLATE_INVALID when they are more than any deployment can have */
  count(at: TemplateNode): void {
    this.#resources += 1;
    if (this.#resources > MAX_RESOURCES) refuseTemplate(`the template has more than ${MAX_RESOURCES} resources`, at);
  }

  /** The template at `path`, relative to the folder of the template asked for; noted as missing when it was not given. */
  linkedTemplate(path: string): { readonly template: Template; readonly folder: string } | undefined {
    const node = this.request.linkedTemplates.get(path);
    if (node !== undefined) return { template: this.nestedTemplate(node), folder: posix.dirname(path) };
    this.missingTemplates.add(path);
    return undefined;
  }

  /** The nested template in `node`, taken apart once however often it is deployed. */
  nestedTemplate(node: TemplateNode): Template {
    const known = this.#templates.get(node);
    if (known !== undefined) return known;
    const template = readTemplate(node, true);
    this.#templates.set(node, template);
    return template;
  }
}
