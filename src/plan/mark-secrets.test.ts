import { describe, expect, it } from "vitest";
import { isArray, Sensitive, Unknown, type Value } from "../expression/value.ts";
import { markSecrets } from "./mark-secrets.ts";
import { readPath } from "./property-reader.ts";
import { OFTEN_SECRET_PATHS, SECRET_PATHS } from "./secret-paths.ts";

const secret = (value: string) => new Sensitive(value);

function settingsIn(body: Value): readonly Value[] {
  const reading = readPath(body, ["properties", "siteConfig", "appSettings"]);
  return reading.state === "known" && isArray(reading.value) ? reading.value : [];
}

describe("marking secrets", () => {
  const rows: readonly (readonly [name: string, type: string, body: Value, marked: Value])[] = [
    [
      "a plain property",
      "Microsoft.ApiManagement/service/namedValues",
      { properties: { displayName: "n", value: "hunter2" } },
      { properties: { displayName: "n", value: secret("hunter2") } },
    ],
    [
      "members of an array",
      "Microsoft.App/containerApps",
      { properties: { configuration: { secrets: [{ name: "a", value: "x" }, { name: "b" }, "odd"] } } },
      { properties: { configuration: { secrets: [{ name: "a", value: secret("x") }, { name: "b" }, "odd"] } } },
    ],
    [
      "letter case of type and members ignored",
      "MICROSOFT.APP/CONTAINERAPPS",
      { Properties: { configuration: { SECRETS: [{ Value: "x" }] } } },
      { Properties: { configuration: { SECRETS: [{ Value: secret("x") }] } } },
    ],
    [
      "a member written twice in different letter case",
      "Microsoft.ApiManagement/service/namedValues",
      { properties: { value: "one", VALUE: "two" } },
      { properties: { value: secret("one"), VALUE: secret("two") } },
    ],
    [
      "every leaf where an object stands in place of the text",
      "Microsoft.ApiManagement/service/namedValues",
      { properties: { value: { a: "x", b: [1, true, null] } } },
      { properties: { value: { a: secret("x"), b: [new Sensitive(1), new Sensitive(true), null] } } },
    ],
    ["a type without secrets", "Microsoft.Foo/bars", { properties: { value: "x" } }, { properties: { value: "x" } }],
    ["a body that is not known", "Microsoft.App/jobs", new Unknown("not-reported"), new Unknown("not-reported")],
    ["no body", "Microsoft.App/jobs", null, null],
    [
      "another shape than expected",
      "Microsoft.App/jobs",
      { properties: { configuration: [{ secrets: "x" }] } },
      { properties: { configuration: [{ secrets: "x" }] } },
    ],
  ];

  it.each(rows)("%s", (_, type, body, marked) => {
    expect(markSecrets(type, body)).toEqual(marked);
  });

  it("takes an empty text for no secret", () => {
    const body = { properties: { primaryKey: "", secondaryKey: "x" } };
    const marked = { properties: { primaryKey: "", secondaryKey: secret("x") } };
    expect(markSecrets("Microsoft.ApiManagement/service/tenant", body)).toEqual(marked);
  });

  it("lets a template's plain settings be read in the plan, and not its passwords", () => {
    const settings = { properties: { siteConfig: { appSettings: [{ name: "MODE", value: "on" }] } } };
    const [setting] = settingsIn(markSecrets("Microsoft.Web/sites", settings, "template"));
    expect(setting).toEqual({ name: "MODE", value: new Sensitive("on", null, true) });
    const [hidden] = settingsIn(markSecrets("Microsoft.Web/sites", settings));
    expect(hidden).toEqual({ name: "MODE", value: secret("on") });
    const key = { properties: { primaryKey: "x" } };
    expect(markSecrets("Microsoft.ApiManagement/service/tenant", key, "template")).toEqual({
      properties: { primaryKey: secret("x") },
    });
  });

  it("keeps an unknown as it is and what is marked already", () => {
    const unknown = new Unknown("key-vault", "kv", true);
    const body = { properties: { primaryKey: unknown, secondaryKey: secret("x") } };
    expect(markSecrets("Microsoft.ApiManagement/service/tenant", body)).toEqual(body);
  });

  it.each(["constructor", "toString", "__proto__", "hasOwnProperty"])("takes the type %s for a type", (type) => {
    expect(markSecrets(type, { properties: { value: "x" } })).toEqual({ properties: { value: "x" } });
  });

  it("changes nothing in place", () => {
    const body = Object.freeze({ properties: Object.freeze({ value: "x" }) });
    expect(() => markSecrets("Microsoft.ApiManagement/service/namedValues", body)).not.toThrow();
    expect(body.properties.value).toBe("x");
  });
});

describe("the table of secret paths", () => {
  it("names types in lower case and paths that are read as written", () => {
    const rows = [...Object.entries(SECRET_PATHS), ...Object.entries(OFTEN_SECRET_PATHS)];
    expect(rows.length).toBeGreaterThan(50);
    for (const [type, paths] of rows) {
      expect(type).toBe(type.toLowerCase());
      expect(paths.length).toBeGreaterThan(0);
      for (const step of paths.flat()) expect(step, type).toMatch(/^(?:[A-Za-z]\w*|\[\]|\*)$/);
    }
  });
});
