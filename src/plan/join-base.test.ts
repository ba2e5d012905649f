import { describe, expect, it } from "vitest";
import { planned, planOf } from "../../test/support/plans.ts";
import { account, deployment } from "../../test/support/resources.ts";
import { Unknown } from "../expression/value.ts";
import { joinBase } from "./join-base.ts";
import { fileLocation, type Plan } from "./plan.ts";
import type { PlannedResource } from "./planned-resource.ts";

const secure = account({ disableLocalAuth: true });
const insecure = account({ disableLocalAuth: false });

function planAt(file: string, resources: readonly PlannedResource[]): Plan {
  return { ...planOf(resources), source: "bicep", stateBasis: "none", locate: () => fileLocation(file) };
}

const join = (after: readonly PlannedResource[], before: readonly PlannedResource[]) =>
  joinBase(planAt("new.bicep", after), planAt("old.bicep", before), "incremental");

describe("a plan with a base", () => {
  it("creates, modifies or leaves resources", () => {
    const gpt = deployment({});
    const joined = join(
      [planned({ after: insecure }), planned({ after: gpt }), planned({ after: { ...gpt, id: `${gpt.id}2` } })],
      [planned({ after: secure }), planned({ after: gpt })],
    );
    expect(joined.stateBasis).toBe("base");
    expect(joined.resources.map(({ changeType }) => changeType)).toEqual(["modify", "noChange", "create"]);
    expect(joined.resources.map(({ before }) => before)).toEqual([secure, gpt, null]);
  });

  it("knows ids in any letter case", () => {
    const joined = join([planned({ after: { ...secure, id: secure.id.toUpperCase() } })], [planned({ after: secure })]);
    expect(joined.resources).toHaveLength(1);
    expect(joined.resources[0]?.changeType).not.toBe("create");
  });

  it("knows resources whose names wait for Azure by the expression that gives them", () => {
    const waiting = (expression: string): PlannedResource => ({
      ...planned({ after: secure }),
      id: new Unknown("parameter", `id(${expression})`),
      name: new Unknown("parameter", expression),
    });
    const joined = join([waiting("parameters('a')"), waiting("parameters('b')")], [waiting("parameters('a')")]);
    expect(joined.resources.map(({ changeType }) => changeType)).not.toContain("ignore");
    expect(joined.resources.filter(({ changeType }) => changeType === "create")).toHaveLength(1);
  });

  it("takes unknown values for equal when the same expression gives them", () => {
    const waiting = (expression: string | null) =>
      planned({ after: account({ disableLocalAuth: new Unknown("runtime-function", expression) }) });
    const changeOf = (after: string | null, before: string | null) =>
      join([waiting(after)], [waiting(before)]).resources[0]?.changeType;
    expect(changeOf("reference('x').y", "reference('x').y")).toBe("noChange");
    expect(changeOf("reference('x').y", "reference('x').z")).toBe("modify");
    expect(changeOf(null, null)).toBe("modify");
  });

  it("matches an id that stands several times in its order", () => {
    const joined = join(
      [planned({ after: secure }), planned({ after: insecure }), planned({ after: insecure })],
      [planned({ after: secure }), planned({ after: secure })],
    );
    expect(joined.resources.map(({ changeType }) => changeType)).toEqual(["noChange", "modify", "create"]);
  });

  it("leaves behind what only the base has, and points to it there", () => {
    const joined = join([], [planned({ after: insecure })]);
    expect(joined.resources).toMatchObject([{ changeType: "ignore", before: insecure, after: insecure }]);
    expect(joined.notifications).toMatchObject([{ code: "left-behind" }]);
    const [resource] = joined.resources;
    expect(resource && joined.locate(resource, []).file).toBe("old.bicep");
  });

  it("deletes it in complete mode", () => {
    const joined = joinBase(planAt("n", []), planAt("o", [planned({ after: insecure })]), "complete");
    expect(joined.resources).toMatchObject([{ changeType: "delete", before: insecure, after: null }]);
    expect(joined.notifications).toEqual([]);
  });
});
