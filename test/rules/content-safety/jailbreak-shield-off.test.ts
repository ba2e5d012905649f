import { Unknown, type Value } from "../../../src/expression/value.ts";
import { jailbreakShieldOff } from "../../../src/rules/content-safety/jailbreak-shield-off.ts";
import { deployment, raiPolicy } from "../../support/resources.ts";
import { testRule } from "../../support/test-rule.ts";

const FILTERS = "properties.contentFilters";
const shield = (members: Record<string, Value>) => ({
  name: "Jailbreak",
  source: "Prompt",
  blocking: true,
  ...members,
});
const hate = { name: "Hate", source: "Prompt", enabled: true };
const unknown = new Unknown("runtime-function");

testRule(jailbreakShieldOff, {
  pass: [
    { name: "shield on", after: raiPolicy([hate, shield({ enabled: true })]) },
    {
      name: "shield on, other spelling",
      after: raiPolicy([shield({ name: "jail_break", enabled: true, action: "BLOCKING" })]),
    },
  ],
  fail: [
    { name: "shield off", after: raiPolicy([hate, shield({ enabled: false })]), at: `${FILTERS}[1].enabled` },
    {
      name: "shield off, source not said",
      after: raiPolicy([{ name: "jailbreak", enabled: false }]),
      at: `${FILTERS}[0].enabled`,
    },
    {
      name: "on, but without action",
      after: raiPolicy([shield({ enabled: true, action: "None" })]),
      at: `${FILTERS}[0].action`,
    },
  ],
  open: [
    { name: "entry omitted", after: raiPolicy([hate]), at: FILTERS },
    { name: "no entries at all", after: raiPolicy(null), at: FILTERS },
    { name: "enabled not said", after: raiPolicy([shield({})]), at: `${FILTERS}[0].enabled` },
    { name: "enabled not known", after: raiPolicy([shield({ enabled: unknown })]), at: `${FILTERS}[0].enabled` },
    { name: "list not known", after: raiPolicy(unknown), at: FILTERS },
    { name: "another policy format", after: raiPolicy([shield({ enabled: true })], { format: "ACS" }), at: FILTERS },
  ],
  notApplicable: [{ name: "deployment", after: deployment() }],
});
