import { workloadContributor } from "../../../src/rules/control-plane/workload-contributor.ts";
import { testRule } from "../../support/test-rule.ts";
import { workloadRoleTable } from "../../support/workload-role-table.ts";

const OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
const CONTRIBUTOR = "b24988ac-6180-42a0-ab88-20f7382dd24c";

testRule(workloadContributor, workloadRoleTable(CONTRIBUTOR, OWNER));
