import type { Evaluator } from "../../../expression/evaluate.ts";
import type { Notification } from "../../../diagnostics/notification.ts";
import type { NotAnalysed } from "../../../plan/plan.ts";
import { NodeEvaluator } from "./evaluate-node.ts";
import type { TemplateNode } from "./node.ts";
import type { TemplateRequest } from "./request.ts";
import { readTemplate, type Template } from "./template.ts";

/** What all deployments of one expansion share. */
export class Expansion {
  readonly request: TemplateRequest;
  readonly nodes: NodeEvaluator;
  readonly notAnalysed: NotAnalysed[] = [];
  readonly missingTemplates = new Set<string>();
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

  /** Says something about the run, once. */
  notify(level: Notification["level"], code: string, message: string): void {
    this.#notifications.set(`${code} ${message}`, { level, code, message });
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
