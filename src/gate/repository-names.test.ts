import { describe, expect, it } from "vitest";
import { planned, planOf } from "../../test/support/plans.ts";
import { account } from "../../test/support/resources.ts";
import { refused, target } from "../../test/support/runs.ts";
import { fileLocation } from "../plan/plan.ts";
import { withRepositoryNames } from "./repository-names.ts";

const resource = planned({ after: account() });

function nameOf(file: string, workingDirectory: string): string | null | undefined {
  const related = [fileLocation(file)];
  const plan = { ...planOf([resource]), locate: () => ({ ...fileLocation(file), related }) };
  const moved = withRepositoryNames(target(plan), { workspace: "/repo", workingDirectory }).plan?.locate(resource, []);
  expect(moved?.related?.[0]?.file).toBe(moved?.file);
  return moved?.file;
}

describe("the files of findings", () => {
  it.each([
    ["main.bicep", "/repo", "main.bicep"],
    ["main.bicep", "/repo/infra", "infra/main.bicep"],
    ["../shared/m.bicep", "/repo/infra", "shared/m.bicep"],
    ["/elsewhere/m.bicep", "/repo/infra", "/elsewhere/m.bicep"],
    ["br:r.io/m:1/main.bicep", "/repo/infra", "br:r.io/m:1/main.bicep"],
  ])("%s in %s is %s", (file, workingDirectory, expected) => {
    expect(nameOf(file, workingDirectory)).toBe(expected);
  });

  it("of a target that was refused are none", () => {
    const target = refused("SOURCE_EMPTY");
    expect(withRepositoryNames(target, { workspace: "/repo", workingDirectory: "/repo/x" })).toBe(target);
  });
});
