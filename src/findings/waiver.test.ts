import { describe, expect, it } from "vitest";
import { planned } from "../../test/support/plans.ts";
import { waiver } from "../../test/support/runs.ts";
import { account, GROUP } from "../../test/support/resources.ts";
import { Unknown } from "../expression/value.ts";
import { indexWaivers } from "./waiver.ts";

const aoai = planned({ after: account() });
const RULE = "test/flag-off";

describe("which resources a waiver names", () => {
  const rows: readonly (readonly [resource: string | null, matches: boolean])[] = [
    [null, true],
    ["**", true],
    ["**/accounts/aoai", true],
    ["**/ACCOUNTS/AOAI", true],
    ["**/accounts/*", true],
    ["**/accounts/{aoai,other}", true],
    [account().id, true],
    [account().id.toUpperCase(), true],
    [account().id.slice(1), true],
    [`${GROUP}/**`, true],
    ["**/accounts/ao", false],
    ["**/accounts/aoai/**", true],
    ["**/accounts/aoai/deployments/*", false],
    ["aoai", false],
    ["*", false],
    ["**/accounts/other", false],
    ["!**/accounts/other", true],
  ];

  it.each(rows)("%s: %s", (resource, matches) => {
    expect(indexWaivers([waiver({ resource })])(RULE, aoai) !== undefined).toBe(matches);
  });

  it("may be named by the author's own name", () => {
    const addressed = { ...aoai, address: "module.ai.azurerm_cognitive_account.main" };
    const find = (resource: string) => indexWaivers([waiver({ resource })])(RULE, addressed);
    expect(find("module.ai.*")).toBeDefined();
    expect(find("module.other.*")).toBeUndefined();
  });

  it("are none where neither id nor address is known", () => {
    const nameless = { ...aoai, id: new Unknown("not-reported") };
    expect(indexWaivers([waiver({ resource: "**" })])(RULE, nameless)).toBeUndefined();
    expect(indexWaivers([waiver({ resource: null })])(RULE, nameless)).toBeDefined();
  });
});

describe("which rules a waiver names", () => {
  it("holds for each of its rules and for no other", () => {
    const find = indexWaivers([waiver({ ruleIds: ["test/a", "test/b"] })]);
    expect([find("test/a", aoai), find("test/b", aoai)].every((found) => found !== undefined)).toBe(true);
    expect(find("test/c", aoai)).toBeUndefined();
  });
});

describe("several waivers for one finding", () => {
  const active = waiver({ status: "active", source: "a" });
  const proposed = waiver({ status: "proposed", source: "p" });
  const expired = waiver({ status: "expired", source: "e" });

  it.each([
    [[expired, proposed, active], "a"],
    [[active, expired], "a"],
    [[expired, proposed], "p"],
    [[expired], "e"],
  ])("an active one counts first, then a proposed one", (waivers, source) => {
    expect(indexWaivers(waivers)(RULE, aoai)?.source).toBe(source);
  });

  it("does not let one for another resource stand in the way", () => {
    const elsewhere = waiver({ resource: "**/accounts/other" });
    expect(indexWaivers([elsewhere, expired])(RULE, aoai)?.source).toBe("e");
  });
});
