import { Ajv, type AnySchema, type ErrorObject, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";

/** A set of named JSON Schemas that may refer to each other by `#/definitions/NAME`. */
export class Schemas {
  readonly #ajv: Ajv;
  readonly #name: string;

  constructor(name: string, definitions: Readonly<Record<string, AnySchema>>) {
    this.#ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true });
    addFormats.default(this.#ajv);
    this.#name = name;
    this.#ajv.addSchema({ $id: name, definitions });
  }

  /** What is wrong with `value` as a `definition`, or undefined when nothing is. @throws Error for an unknown definition */
  problemOf(definition: string, value: unknown): string | undefined {
    const validate: ValidateFunction | undefined = this.#ajv.getSchema(`${this.#name}#/definitions/${definition}`);
    if (validate === undefined) throw new Error(`no definition ${definition} in ${this.#name}`);
    return validate(value) ? undefined : describeErrors(validate.errors);
  }
}

/** Schema errors as one sentence. */
export function describeErrors(errors: readonly Partial<ErrorObject>[] | null | undefined): string {
  return (errors ?? [])
    .map((error) => {
      const extra = Object.values(error.params ?? {}).map((value) => JSON.stringify(value));
      return `${error.instancePath ?? ""} ${error.message ?? ""} ${extra.join(" ")}`.trim();
    })
    .join("; ");
}
