/**
 * A JSON value as it stands in a template: texts may be expressions. A `number` without a fraction is an integer, as is every
 * `bigint`; other numbers are floating-point.
 */
export type TemplateValue = null | boolean | number | bigint | string | readonly TemplateValue[] | TemplateObject;

/** An object of a template. Its names may be expressions, too. */
export interface TemplateObject {
  readonly [name: string]: TemplateValue;
}

/** Whether `value` is an object with members. */
export function isTemplateObject(value: TemplateValue | undefined): value is TemplateObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
