import { Unknown } from "../../../src/expression/value.ts";
import { deploymentCapacityAboveCeiling } from "../../../src/rules/abuse-and-cost/deployment-capacity-above-ceiling.ts";
import { deployment } from "../../support/resources.ts";
import { testRule } from "../../support/test-rule.ts";

const AT = "sku.capacity";
const of = (capacity: number | Unknown) => deployment({}, { name: "Standard", capacity });
const options = { ceilings: { "gpt-4o": 100 } };
const unknown = new Unknown("runtime-function");

testRule(deploymentCapacityAboveCeiling, {
  pass: [
    { name: "at the ceiling", after: of(100), options },
    { name: "one unit when nothing is said", after: deployment({}, { name: "Standard" }), options },
    { name: "below the ceiling of all others", after: of(5), options: { ceilings: { "*": 10 } } },
  ],
  fail: [
    { name: "above the ceiling", after: of(101), options, at: AT },
    { name: "above the ceiling of all others", after: of(11), options: { ceilings: { "*": 10, other: 100 } }, at: AT },
    {
      name: "one unit where none is approved",
      after: deployment({}, { name: "Standard" }),
      options: { ceilings: { "gpt-4o": 0 } },
      at: AT,
    },
  ],
  open: [
    { name: "capacity not known", after: of(unknown), options, at: AT },
    { name: "model not known", after: deployment({ model: { name: unknown } }), options, at: AT },
  ],
  notApplicable: [
    { name: "nothing configured", after: of(1000) },
    { name: "no ceiling for the model", after: of(1000), options: { ceilings: { "gpt-5": 1 } } },
  ],
});
