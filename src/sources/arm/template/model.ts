import type { ArmValue } from "../../../expression/arm-value.ts";
import type { CopyScope, DeploymentScope, Place, Scope } from "../../../expression/scope.ts";
import type { Expansion } from "./expansion.ts";
import type { MemberNode, TemplateNode } from "./node.ts";
import type { ResourceDeclaration, Template } from "./template.ts";
import type { OpenText } from "../../../expression/open-text.ts";
import type { Argument } from "./bind-parameters.ts";
import type { Types } from "./types.ts";

/** A node together with what it is worked out in. */
export interface Written {
  readonly node: TemplateNode;
  /** `null` for plain data: texts in it are no expressions. */
  readonly context: Context | null;
}

/** What an expression is worked out in. */
export interface Context {
  readonly frame: Frame;
  readonly scope: Scope;
}

/** One output of a template. */
export interface OutputValue {
  /** As declared; empty when it is not. */
  readonly type: string;
  readonly value: ArmValue;
}

/** How a template is being deployed. */
export interface DeploymentOptions {
  readonly expansion: Expansion;
  readonly template: Template;
  readonly target: DeploymentScope;
  /** The deployment that it is the content of. */
  readonly parent: Resource | null;
  /** Whether its expressions mean what they would mean outside of it: the parameters, variables and scope of the parent's template. */
  readonly isOuter: boolean;
  /** By `foldName` of the parameter's name. */
  readonly given: ReadonlyMap<string, Argument>;
  /** What stands for a required parameter that was not given. @throws GateError */
  readonly missing: (declaration: MemberNode) => ArmValue;
  /** The folder of the template's file, relative to that of the template asked for; empty for the same. */
  readonly folder: string;
}

/** Who asks the template for values of its resources: one of them, or an output. */
export interface Asker {
  readonly frame: Frame;
  /** Resources of the same template that it asks for values of. */
  readonly references: Set<Resource>;
}

/** One template that is being deployed: the one asked for, or a nested one. */
export interface Frame {
  readonly expansion: Expansion;
  readonly template: Template;
  readonly types: Types;
  /** Where its resources go. */
  readonly target: DeploymentScope;
  /** The deployment that it is the content of. */
  readonly parent: Resource | null;
  readonly folder: string;
  /** The scope of what stands outside of resources. */
  scopeAt(place: Place): Scope;
  /** All resources, loops unrolled, children behind their parents. */
  readonly resources: readonly Resource[];
  /** Works out every parameter and variable, whether it is used or not, as ARM does. @throws GateError */
  validate(): void;
  /** The outputs whose condition is not false. @throws GateError */
  outputs(): ReadonlyMap<string, OutputValue>;
  /** Where the value of a parameter is written: what was given, else its default value. */
  parameterSource(name: string): Written | undefined;
  /** Where the value of a variable is written. */
  variableSource(name: string): Written | undefined;
  /** Where the value of an output is written. */
  outputSource(name: string): Written | undefined;
  /** The resources that a symbolic name, a name or an id stands for: all turns of a loop. */
  find(reference: OpenText): readonly Resource[];
  /** Whether a loop over resources is called that; it may have no turns. */
  isLoop(name: string): boolean;
}

/** One resource of a template: of a loop, one turn. Everything is worked out when it is needed. */
export interface Resource extends Asker {
  readonly declaration: ResourceDeclaration;
  readonly parent: Resource | null;
  readonly copy: CopyScope | null;
  /** `symbol`, `symbol[2]`; `null` without symbolic names. */
  readonly symbol: string | null;
  readonly isDeployment: boolean;
  /** Of a Bicep extension (Kubernetes, Microsoft Graph): none of Resource Manager's, without a name or an id. */
  readonly isForeign: boolean;
  scopeAt(place: Place): Scope;
  /** The value of a part of the resource. @throws GateError TEMPLATE_INVALID */
  evaluate(node: TemplateNode, place: Place): ArmValue;
  /** @throws GateError TEMPLATE_INVALID always */
  refuse(message: string, at: TemplateNode): never;
  /** `true`, `false`, unknown; or what a template says instead, which ARM would refuse. */
  readonly condition: ArmValue;
  /** Whether the condition may be met. */
  readonly isListed: boolean;
  readonly name: OpenText;
  readonly id: OpenText;
  readonly apiVersion: string | null;
  /** The value of `properties`, `undefined` when there is none. */
  readonly properties: ArmValue | undefined;
  /** Whether `properties` are being worked out right now. */
  readonly isOpen: boolean;
  /** The value of another member. */
  member(name: string): ArmValue | undefined;
  /** What the deployment contains; `null` when that is not known. */
  readonly content: Frame | null;
}
