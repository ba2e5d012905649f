import { describe, expect, it } from "vitest";
import { planned, planOf } from "../../test/support/plans.ts";
import { account, diagnosticSetting, GROUP, privateEndpoint, resource } from "../../test/support/resources.ts";
import { Unknown } from "../expression/value.ts";
import type { PlannedResource } from "./planned-resource.ts";
import { type ResourceView, World } from "./world.ts";

const aoai = account({ disableLocalAuth: true });
const deployment = resource("Microsoft.CognitiveServices/accounts/deployments", "aoai/gpt", { properties: {} });
const setting = diagnosticSetting(aoai.id, {});
const endpoint = privateEndpoint(aoai.id.toUpperCase());

function only(world: World, type: string): ResourceView {
  const [view, ...others] = world.ofType(type);
  if (view === undefined || others.length > 0) throw new Error(`not exactly one ${type}`);
  return view;
}

const labels = (views: readonly ResourceView[]) => views.map(({ label }) => label);

describe("the two worlds of a plan", () => {
  const plan = planOf([
    planned({ before: aoai, after: account({ disableLocalAuth: false }) }),
    planned({ after: deployment }),
    planned({ before: endpoint }),
  ]);
  const before = new World(plan, "before");
  const after = new World(plan, "after");

  it("hold what exists on their side, in plan order", () => {
    expect(labels(before.resources)).toEqual(["aoai", "pe"]);
    expect(labels(after.resources)).toEqual(["aoai", "aoai/gpt"]);
  });

  it("read the body of their side", () => {
    const read = (world: World) =>
      only(world, "Microsoft.CognitiveServices/accounts").properties.boolean("properties.disableLocalAuth");
    expect(read(before)).toMatchObject({ state: "known", value: true });
    expect(read(after)).toMatchObject({ state: "known", value: false });
  });

  it("share the planned resource, so that the sides can be told to belong together", () => {
    expect(before.resources[0]?.resource).toBe(after.resources[0]?.resource);
  });
});

describe("relations", () => {
  const plan = planOf([aoai, deployment, setting, endpoint].map((body) => planned({ after: body })));
  const world = new World(plan, "after");
  const owner = only(world, "microsoft.cognitiveservices/ACCOUNTS");

  it("finds a resource by its id in any letter case", () => {
    expect(world.findById(aoai.id.toLowerCase())).toBe(owner);
    expect(world.findById(`${aoai.id}x`)).toBeUndefined();
  });

  it("knows children and extensions of a resource", () => {
    expect(labels(world.attachedTo(owner, "Microsoft.CognitiveServices/accounts/deployments"))).toEqual(["aoai/gpt"]);
    expect(labels(world.attachedTo(owner, "microsoft.insights/diagnosticsettings"))).toEqual(["ds"]);
    expect(world.attachedTo(owner, "Microsoft.CognitiveServices/accounts/raiPolicies")).toEqual([]);
  });

  it("knows what a resource belongs to", () => {
    expect(only(world, deployment.type).owner).toBe(owner);
    expect(only(world, setting.type).owner).toBe(owner);
    expect(owner.owner).toBeUndefined();
    expect(owner.ownerKey).toBeNull();
  });

  it("finds who holds an id, however deep and in whatever letter case", () => {
    expect(labels(world.referrers(owner, "Microsoft.Network/privateEndpoints"))).toEqual(["pe"]);
    expect(world.referrers(owner, "Microsoft.Network/virtualNetworks")).toEqual([]);
  });

  it("relates nothing to a resource whose id is not known", () => {
    const nameless: PlannedResource = { ...planned({ after: aoai }), id: new Unknown("unresolved-expression", "x") };
    const other = new World(planOf([nameless, planned({ after: deployment }), planned({ after: endpoint })]), "after");
    const view = only(other, aoai.type);
    expect(view.key).toBeNull();
    expect(view.ownerKey).toBeNull();
    expect(other.attachedTo(view, deployment.type)).toEqual([]);
    expect(other.referrers(view, endpoint.type)).toEqual([]);
  });

  it("takes a legacy extension name for the type of the extension", () => {
    const lock = resource("Microsoft.Search/searchServices", "s");
    const legacy: PlannedResource = {
      ...planned({ after: { ...lock, id: `${lock.id}/providers/Microsoft.Authorization/locks/keep` } }),
      type: "Microsoft.Search/searchServices/providers/locks",
    };
    expect(labels(new World(planOf([legacy]), "after").ofType("Microsoft.Authorization/locks"))).toHaveLength(1);
  });

  it("builds a derived index once for each world", () => {
    let built = 0;
    const build = () => ++built;
    expect([world.derive(build), world.derive(build)]).toEqual([1, 1]);
    expect(new World(plan, "after").derive(build)).toBe(2);
  });

  it("finds the first of several resources with one id", () => {
    const twice = new World(planOf([planned({ after: aoai }), planned({ after: account({ x: 1 }) })]), "after");
    expect(twice.findById(aoai.id)).toBe(twice.resources[0]);
  });
});

describe("own name", () => {
  const nameOf = (name: string | Unknown) => {
    const world = new World(planOf([{ ...planned({ after: aoai }), name }]), "after");
    return only(world, aoai.type).ownName;
  };

  it.each([
    ["aoai/gpt", { state: "known", value: "gpt" }],
    ["aoai", { state: "known", value: "aoai" }],
    ["", { state: "absent" }],
    [new Unknown("parameter", "parameters('name')"), { state: "unknown", reason: "parameter" }],
  ])("of %j", (name, expected) => {
    expect(nameOf(name)).toMatchObject(expected);
  });
});

describe("absence", () => {
  const rows = [
    ["a resource that is created, in a plan analysed in full", { after: aoai }, {}, "known"],
    ["a resource that is modified", { before: aoai, after: aoai }, {}, "absence-not-proved"],
    ["a resource that stays", { before: aoai, after: aoai, changeType: "noChange" }, {}, "absence-not-proved"],
    ["a resource that may be created", { after: aoai, changeType: "deploy" }, {}, "absence-not-proved"],
    ["a plan with gaps", { after: aoai }, { incomplete: true }, "absence-not-proved"],
    ["a family that the platform deploys", { after: aoai }, { platform: "diagnostics" }, "platform"],
    ["another family that the platform deploys", { after: aoai }, { platform: "defender" }, "known"],
  ] as const;

  it.each(rows)(
    "%s",
    (_, bodies, { incomplete, platform }: { incomplete?: true; platform?: "diagnostics" | "defender" }, expected) => {
      const gaps = incomplete === true ? [{ resource: "nested", reason: "not expanded" }] : [];
      const world = new World(
        planOf([planned(bodies)], gaps),
        "after",
        platform === undefined ? {} : { platform: new Set([platform]) },
      );
      const absence = world.absence(only(world, aoai.type), "diagnostics");
      expect(absence.state === "known" ? absence.state : absence.reason).toBe(expected);
    },
  );

  it("proves nothing about the world before", () => {
    const world = new World(planOf([planned({ before: aoai, after: aoai, changeType: "create" })]), "before");
    expect(world.absence(only(world, aoai.type))).toMatchObject({ reason: "absence-not-proved" });
  });
});

describe("assumptions", () => {
  const assumptions = [
    { type: "Microsoft.Security/pricings", name: "AI" },
    { type: "Microsoft.Insights/diagnosticSettings", name: undefined },
  ];
  const world = new World(planOf([planned({ after: aoai })]), "after", { assumptions });

  it.each([
    ["microsoft.security/PRICINGS", "ai", true],
    ["Microsoft.Security/pricings", "KeyVaults", false],
    ["Microsoft.Security/pricings", undefined, true],
    ["Microsoft.Insights/diagnosticSettings", "any", true],
    ["Microsoft.Network/privateEndpoints", undefined, false],
  ])("%s %s: %s", (type, name, assumed) => {
    expect(world.isAssumed(type, name)).toBe(assumed);
  });

  it("are none without a configuration", () => {
    expect(new World(planOf([]), "after").isAssumed("Microsoft.Security/pricings")).toBe(false);
  });
});

describe("observation", () => {
  it("names type and pattern of every property read", () => {
    const seen: string[] = [];
    const body = resource("Microsoft.Web/sites", "app", {
      properties: { siteConfig: { appSettings: [{ name: "A", value: "b" }] }, tags: { a: 1 } },
    });
    const world = new World(planOf([planned({ after: body })]), "after", {
      observe: (type, path) => seen.push(`${type} ${path}`),
    });
    const { properties } = only(world, "Microsoft.Web/sites");
    const settings = properties.members("properties.siteConfig.appSettings");
    if (settings.state === "known") settings.value[0]?.string("name");
    const tags = properties.entries("properties.tags");
    if (tags.state === "known") tags.value[0]?.reader.number("");
    expect(seen).toEqual([
      "Microsoft.Web/sites properties.siteConfig.appSettings",
      "Microsoft.Web/sites properties.siteConfig.appSettings[].name",
      "Microsoft.Web/sites properties.tags",
      "Microsoft.Web/sites properties.tags.*",
    ]);
  });
});

it("keeps the scope of the test resources that the tables count on", () => {
  expect(aoai.id.startsWith(GROUP)).toBe(true);
});
