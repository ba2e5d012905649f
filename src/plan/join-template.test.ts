import { describe, expect, it } from "vitest";
import { planned, planOf } from "../../test/support/plans.ts";
import { account, type Body, deployment, resource } from "../../test/support/resources.ts";
import { Unknown } from "../expression/value.ts";
import { joinTemplate } from "./join-template.ts";
import { fileLocation, type Plan } from "./plan.ts";
import type { PlannedResource } from "./planned-resource.ts";

const UNRESOLVED = new Unknown("unresolved-expression", "parameters('x')");
const body = account({ disableLocalAuth: true, endpoint: "https://x" });

/** A template that declares the bodies; each resource is written in a file with its name. */
function templateOf(resources: readonly PlannedResource[]): Plan {
  return {
    ...planOf(resources),
    source: "bicep",
    stateBasis: "none",
    outputs: { o: { type: "string", value: "v" } },
    locate: ({ name }) => fileLocation(`${name instanceof Unknown ? "unknown" : name}.bicep`),
  };
}

const declared = (after: Body, changes: Partial<PlannedResource> = {}): PlannedResource => ({
  ...planned({ after }),
  address: "symbol",
  dependsOn: ["other"],
  ...changes,
});

describe("a what-if joined with its template", () => {
  it("keeps its own values and takes what it could not resolve", () => {
    const shown = account({ disableLocalAuth: false, endpoint: UNRESOLVED, list: [UNRESOLVED, 2] });
    const written = account({ disableLocalAuth: true, endpoint: "https://x", list: [1, 3], more: 1 });
    const joined = joinTemplate(planOf([planned({ before: body, after: shown })]), templateOf([declared(written)]));
    expect(joined.resources).toMatchObject([
      {
        changeType: "modify",
        address: "symbol",
        dependsOn: ["other"],
        before: { properties: { disableLocalAuth: true } },
        after: { properties: { disableLocalAuth: false, endpoint: "https://x", list: [1, 2] } },
      },
    ]);
    expect(joined).toMatchObject({
      stateBasis: "live",
      notAnalysed: [],
      notifications: [],
      outputs: { o: { value: "v" } },
    });
  });

  it("takes the whole body where the what-if shows none", () => {
    const hidden = { ...planned({ before: body, after: body }), after: new Unknown("not-reported") };
    const [resource] = joinTemplate(planOf([hidden]), templateOf([declared(body)])).resources;
    expect(resource?.after).toEqual(body);
  });

  it("points at the template", () => {
    const joined = joinTemplate(planOf([planned({ after: body })]), templateOf([declared(body)]));
    const [resource] = joined.resources;
    expect(resource && joined.locate(resource, []).file).toBe("aoai.bicep");
  });

  it("takes a resource that the template declares twice for the one that the what-if lists", () => {
    const joined = joinTemplate(planOf([planned({ after: body })]), templateOf([declared(body), declared(body)]));
    expect(joined.resources).toHaveLength(1);
    expect(joined.notAnalysed).toEqual([]);
  });

  it("leaves a deletion alone", () => {
    const deleted = planned({ before: body });
    const joined = joinTemplate(planOf([deleted]), templateOf([]));
    expect(joined.resources).toEqual([deleted]);
    expect(joined.notifications).toEqual([]);
  });

  it("lists what only the template declares as not analysed, and judges it as written", () => {
    const joined = joinTemplate(
      planOf([planned({ after: body })]),
      templateOf([declared(body), declared(deployment({}))]),
    );
    expect(joined.resources[1]).toMatchObject({
      changeType: "deploy",
      name: "aoai/gpt",
      before: { reason: "not-reported" },
    });
    expect(joined.notAnalysed).toMatchObject([{ resource: deployment({}).id }]);
  });

  it("says what only the what-if shows, and still counts it as analysed", () => {
    const joined = joinTemplate(planOf([planned({ after: body })]), templateOf([]));
    expect(joined.notAnalysed).toEqual([]);
    expect(joined.notifications).toMatchObject([
      { code: "not-in-template", message: expect.stringContaining(body.id) },
    ]);
  });

  it("judges as written what the what-if passed over though the template declares it", () => {
    const ignored = planned({ before: body, after: body, changeType: "ignore", outside: true });
    const written = account({ disableLocalAuth: false });
    const joined = joinTemplate(planOf([ignored]), templateOf([declared(written)]));
    expect(joined.resources).toMatchObject([
      { changeType: "deploy", outside: false, before: body, after: { properties: { disableLocalAuth: false } } },
    ]);
    expect(joined.notAnalysed).toHaveLength(1);
  });

  it("finds resources whose scope the template does not know", () => {
    const own = declared(resource("Microsoft.CognitiveServices/accounts", "AOAI", {}, "/subscriptions/{subscription}"));
    const joined = joinTemplate(planOf([planned({ after: body })]), templateOf([own]));
    expect(joined.resources).toMatchObject([{ id: { text: body.id }, address: "symbol" }]);
    expect(joined.notAnalysed).toEqual([]);
  });

  it("keeps apart what has another name, even if it is the only one of its type", () => {
    const other = { ...body, id: `${body.id}2`, name: "aoai2" };
    const joined = joinTemplate(planOf([planned({ after: body })]), templateOf([declared(other)]));
    expect(joined.resources.map(({ address }) => address)).toEqual([null, "symbol"]);
    expect(joined.notAnalysed).toMatchObject([{ resource: other.id }]);
    expect(joined.notifications).toMatchObject([{ code: "not-in-template" }]);
  });

  it("finds the only one of its type when the name is not known", () => {
    const waiting = { id: new Unknown("parameter"), name: new Unknown("parameter") };
    const one = joinTemplate(planOf([planned({ after: body })]), templateOf([declared(body, waiting)]));
    expect(one.resources).toMatchObject([{ id: { text: body.id }, address: "symbol" }]);
    const two = joinTemplate(
      planOf([planned({ after: body }), planned({ after: { ...body, id: `${body.id}2`, name: "aoai2" } })]),
      templateOf([declared(body, waiting)]),
    );
    expect(two.resources.map(({ address }) => address)).toEqual([null, null, "symbol"]);
  });
});
