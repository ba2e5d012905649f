import { Unknown } from "../../../src/expression/value.ts";
import { capacityJump } from "../../../src/rules/abuse-and-cost/capacity-jump.ts";
import { deployment } from "../../support/resources.ts";
import { testRule } from "../../support/test-rule.ts";

const AT = "sku.capacity";
const of = (capacity: number | string | Unknown) => deployment({}, { name: "Standard", capacity });

testRule(capacityJump, {
  pass: [
    { name: "doubled", before: of(50), after: of(100) },
    { name: "lowered", before: of(50), after: of(10) },
    { name: "tenfold, accepted by option", before: of(50), after: of(500), options: { factor: 10 } },
  ],
  fail: [
    { name: "eightfold", before: of(50), after: of(400), at: AT },
    { name: "number as text", before: of("50"), after: of("400"), at: AT },
    { name: "more than the option accepts", before: of(50), after: of(60), options: { factor: 1.1 }, at: AT },
  ],
  open: [
    { name: "new capacity not known", before: of(50), after: of(new Unknown("runtime-function")), at: AT },
    { name: "old capacity not known", before: of(new Unknown("runtime-function")), after: of(400), at: AT },
  ],
  notApplicable: [
    { name: "created", after: of(400) },
    { name: "deleted", before: of(400) },
    { name: "no capacity before", before: deployment({}, { name: "Standard" }), after: of(400) },
  ],
});
