import { describe, expect, it } from "vitest";
import { renderAnnotations } from "../../src/render/annotations.ts";
import { renderJunit } from "../../src/render/junit.ts";
import { renderMarkdown } from "../../src/render/markdown.ts";
import { colourPaint } from "../../src/render/paint.ts";
import type { ReportFinding } from "../../src/render/report.ts";
import { renderText } from "../../src/render/text.ts";
import {
  refusedTarget,
  reportChange,
  reportFinding,
  reportFrom,
  reportPolicy,
  reportTarget,
} from "../support/reports.ts";

const waiver = {
  reason: "Hackathon",
  owner: "@security",
  expires: "2027-01-31",
  approvedBy: null,
  source: "portcullis.yml:9:5",
  status: "active",
} as const satisfies ReportFinding["waiver"];

const unseen = reportFinding({
  ruleId: "network/openai-private-endpoint-missing",
  severity: "medium",
  outcome: "open",
  reason: "absence-not-proved",
  family: "privateEndpoints",
  blocking: false,
  property: "",
  message: "aoai has no private endpoint",
  expected: null,
  actual: null,
  fix: null,
});

const jump = reportFinding({
  ruleId: "abuse-and-cost/capacity-jump",
  severity: "medium",
  blocking: false,
  property: "sku.capacity",
  message: "aoai/gpt goes from 50 to 400 capacity units",
  expected: 100,
  actual: 400,
  fix: { description: "Raise the capacity in smaller steps", impact: "none", edits: [], suggestion: null },
});

const located = reportFinding({
  regression: true,
  location: {
    file: "infra/main.bicep",
    startLine: 41,
    startColumn: 5,
    endLine: 41,
    endColumn: 28,
    precision: "property",
  },
  fix: {
    description: "Turn key-based authentication off",
    impact: "breaking",
    edits: [{ path: "properties.disableLocalAuth", value: true }],
    suggestion: { file: "infra/main.bicep", startLine: 41, endLine: 41, text: "    disableLocalAuth: true" },
  },
});

const allowed = reportFrom({
  targets: [reportTarget({ changes: [reportChange({ changeType: "create", properties: [] })] })],
});

const blocked = reportFrom({
  verdict: "block",
  reasons: ["1 high: findings of severity high and above block"],
  findings: [
    located,
    jump,
    reportFinding({ ruleId: "governance/protection-regression", subsumedBy: located.ruleId, blocking: false }),
  ],
  targets: [
    reportTarget({ changes: [reportChange(), reportChange({ changeType: "delete", name: "old", properties: [] })] }),
  ],
});

const undecided = reportFrom({
  verdict: "undecided",
  reasons: ["1 critical requirements cannot be decided: x/y"],
  findings: [unseen],
  notifications: [{ level: "warning", code: "duplicate-resource", message: "aoai stands 2 times in the plan" }],
  targets: [
    reportTarget({
      coverage: {
        analysed: 1,
        notAnalysed: [{ resource: "st", reason: "the result does not show it" }],
        context: [],
        secondOpinion: null,
      },
    }),
  ],
});

const notJudged = reportFrom({
  verdict: "notJudged",
  reasons: ["not judged (SOURCE_EMPTY): broken.json is empty"],
  targets: [refusedTarget("broken.json", { details: ["0 bytes"] })],
});

const waived = reportFrom({
  findings: [
    reportFinding({ waiver, blocking: false }),
    reportFinding({ state: "fixed", blocking: false }),
    reportFinding({ state: "existing", blocking: false }),
  ],
  policy: reportPolicy({ enforcement: "advise", rulesOff: ["x/y"] }),
  targets: [reportTarget({ stateBasis: "none" })],
});

describe("text at 80 columns", () => {
  it("of an allowed change", () => {
    expect(renderText(allowed)).toMatchInlineSnapshot(`
      "ALLOWED  no findings
      Changes: 1 to create
      "
    `);
  });
  it("of a blocked change", () => {
    expect(renderText(blocked)).toMatchInlineSnapshot(`
      "BLOCKED  2 new
        1 high: findings of severity high and above block
      Changes: 1 to modify, 1 to delete

      Blocking (1)

        high      identity/openai-local-auth-enabled (was met before)
                  aoai accepts key-based authentication
                  resource  Microsoft.CognitiveServices/accounts aoai
                  property  properties.disableLocalAuth is false
                  where     infra/main.bicep:41:5
                  fix       Turn key-based authentication off (breaking):
                            properties.disableLocalAuth = true

      New, not blocking (1)

        medium    abuse-and-cost/capacity-jump
                  aoai/gpt goes from 50 to 400 capacity units
                  resource  Microsoft.CognitiveServices/accounts aoai
                  property  sku.capacity is 400
                  fix       Raise the capacity in smaller steps

      Covered by a finding above (1)
        governance/protection-regression aoai (see identity/openai-local-auth-enabled)
      "
    `);
  });
  it("of an undecided change", () => {
    expect(renderText(undecided)).toMatchInlineSnapshot(`
      "UNDECIDED  1 open
        1 critical requirements cannot be decided: x/y
      Changes: no changes, 1 not analysed

      Open: could not be decided (1)

        medium    network/openai-private-endpoint-missing
                  No private endpoints in sight for aoai
                  because the plan cannot show that none exists
                  next      Add what is missing to this deployment, or check in Azure
                            that it is there

      Not analysed (1)
        the result does not show it:
          st

      Notifications (1)
        warning duplicate-resource: aoai stands 2 times in the plan
      "
    `);
  });
  it("of a plan that was not judged", () => {
    expect(renderText(notJudged)).toMatchInlineSnapshot(`
      "NOT JUDGED

      broken.json was not judged
        SOURCE_EMPTY: broken.json is empty
          - 0 bytes
        Next: Run the command that writes the file again.
      "
    `);
  });
  it("of waived, fixed and existing findings under a weakened policy", () => {
    expect(renderText(waived)).toMatchInlineSnapshot(`
      "ALLOWED  1 existing, 1 fixed, 1 waived (every finding counts as new)
      No state before the change is known.
      Advice only: the verdict does not stop the pipeline.
      The configuration changes the policy: 1 rule off.
      Changes: no changes

      Existing before this change (1)

        high      identity/openai-local-auth-enabled
                  aoai accepts key-based authentication
                  resource  Microsoft.CognitiveServices/accounts aoai
                  property  properties.disableLocalAuth is false
                  fix       Turn key-based authentication off (breaking):
                            properties.disableLocalAuth = true

      Fixed by this change (1)
        identity/openai-local-auth-enabled aoai

      Waived (1)
        identity/openai-local-auth-enabled aoai (until 2027-01-31, @security:
            Hackathon)
      "
    `);
  });

  it("has the same words in colour, and colour on the verdict and the fix", () => {
    const coloured = renderText(blocked, { paint: colourPaint });
    // oxlint-disable-next-line no-control-regex -- the colours that are ours
    expect(coloured.replaceAll(/\u001B\[\d+m/g, "")).toBe(renderText(blocked));
    expect(coloured).toContain("\u001B[31mBLOCKED\u001B[39m");
    expect(coloured).toContain("\u001B[36mTurn key-based authentication off");
  });
});

describe("Markdown", () => {
  it("of an allowed change", () => {
    expect(renderMarkdown(allowed)).toMatchInlineSnapshot(`
      "## ✅ Portcullis: Allowed

      no findings · 1 to create  
      Judged \`plan.json\` for resource group \`rg-ai\`

      <details><summary>Changes (1)</summary>

      | Change | Type | Name | Properties |
      | --- | --- | --- | --- |
      | create | \`Microsoft.CognitiveServices/accounts\` | \`aoai\` |  |

      </details>

      <sub>profile recommended · fails on high · 1 resource analysed · digest \`sha256:cccccccccccc\` · portcullis 1.2.3</sub>
      "
    `);
  });
  it("of a blocked change", () => {
    expect(renderMarkdown(blocked)).toMatchInlineSnapshot(`
      "## ⛔ Portcullis: Blocked

      **1 high: findings of severity high and above block**

      2 new · 1 to modify, 1 to delete  
      Judged \`plan.json\` for resource group \`rg-ai\`

      ### Blocking (1)

      🔴 **high** aoai accepts key-based authentication *(was met before this change)*  
      Set \`properties.disableLocalAuth\` to \`true\` (now \`false\`) · \`infra/main.bicep:41\`
      <details><summary><code>identity/openai-local-auth-enabled</code></summary>

      An account key is a shared secret: it names nobody, seldom rotates and works from anywhere. One leaked key gives anonymous, unlimited use of the models at your cost.

      - Resource: \`/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-ai/providers/Microsoft.CognitiveServices/accounts/aoai\`
      - Fix: Turn key-based authentication off. It is **breaking**: check who depends on it first.
        - \`properties.disableLocalAuth\`: \`true\`

      Write this in place of line 41 of \`infra/main.bicep\`:

      \`\`\`
          disableLocalAuth: true
      \`\`\`

      </details>

      ### New, not blocking (1)

      🟠 **medium** aoai/gpt goes from 50 to 400 capacity units  
      \`sku.capacity\` is \`400\`, expected \`100\`. Raise the capacity in smaller steps.
      <details><summary><code>abuse-and-cost/capacity-jump</code></summary>

      Capacity is what a stolen credential, or a loop in the code, can burn per minute. A large step deserves somebody's explicit yes.

      - Resource: \`/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-ai/providers/Microsoft.CognitiveServices/accounts/aoai\`
      - Fix: Raise the capacity in smaller steps.

      </details>

      <details><summary>Covered by another finding (1)</summary>

      - 🔴 high \`governance/protection-regression\` aoai accepts key-based authentication (see \`identity/openai-local-auth-enabled\`)

      </details>

      <details><summary>Changes (2)</summary>

      | Change | Type | Name | Properties |
      | --- | --- | --- | --- |
      | **delete** | \`Microsoft.CognitiveServices/accounts\` | \`old\` |  |
      | modify | \`Microsoft.CognitiveServices/accounts\` | \`aoai\` | \`properties.disableLocalAuth\` \`true\` → \`false\` |

      </details>

      <sub>profile recommended · fails on high · 1 resource analysed · digest \`sha256:cccccccccccc\` · portcullis 1.2.3</sub>
      "
    `);
  });
  it("of an undecided change", () => {
    expect(renderMarkdown(undecided)).toMatchInlineSnapshot(`
      "## ❔ Portcullis: Undecided

      **1 critical requirements cannot be decided: x/y**

      1 open · no changes · 1 not analysed  
      Judged \`plan.json\` for resource group \`rg-ai\`

      ### Open: could not be decided (1)

      - 🟠 **medium** No private endpoints in sight for \`aoai\`: the plan cannot show that none exists. Add what is missing to this deployment, or check in Azure that it is there. \`network/openai-private-endpoint-missing\`

      <details><summary>Not analysed (1)</summary>

      - \`st\`: the result does not show it

      </details>

      <details open><summary>Notifications (1 warning)</summary>

      - warning \`duplicate-resource\`: aoai stands 2 times in the plan

      </details>

      <sub>profile recommended · fails on high · 1 resource analysed · digest \`sha256:cccccccccccc\` · portcullis 1.2.3</sub>
      "
    `);
  });
  it("of a plan that was not judged", () => {
    expect(renderMarkdown(notJudged)).toMatchInlineSnapshot(`
      "## ⚠️ Portcullis: Not judged

      ### \`broken.json\` was not judged

      \`SOURCE_EMPTY\` broken.json is empty

      - 0 bytes

      **Next:** Run the command that writes the file again.

      <sub>profile recommended · fails on high · 0 resources analysed · digest \`sha256:cccccccccccc\` · portcullis 1.2.3</sub>
      "
    `);
  });
  it("of waived, fixed and existing findings under a weakened policy", () => {
    expect(renderMarkdown(waived)).toMatchInlineSnapshot(`
      "## ✅ Portcullis: Allowed (every finding counts as new)

      > No state before the change is known.

      > Advice only: the verdict does not stop the pipeline.

      > The configuration changes the policy: 1 rule off.

      1 existing, 1 fixed, 1 waived · no changes  
      Judged \`plan.json\` for resource group \`rg-ai\`

      <details><summary>Existing before this change (1)</summary>

      - 🔴 high \`identity/openai-local-auth-enabled\` aoai accepts key-based authentication

      </details>

      <details><summary>Fixed by this change (1)</summary>

      - 🔴 high \`identity/openai-local-auth-enabled\` aoai accepts key-based authentication

      </details>

      <details><summary>Waived (1)</summary>

      - 🔴 high \`identity/openai-local-auth-enabled\` aoai accepts key-based authentication: Hackathon (@​security, until 2027-01-31)

      </details>

      <sub>profile recommended · fails on high · 1 resource analysed · digest \`sha256:cccccccccccc\` · portcullis 1.2.3</sub>
      "
    `);
  });
});

describe("GitHub annotations", () => {
  it("point at the line, errors first", () => {
    expect(renderAnnotations(blocked)).toMatchInlineSnapshot(`
      "::error title=high%3A identity/openai-local-auth-enabled,file=infra/main.bicep,line=41,col=5::aoai accepts key-based authentication. Turn key-based authentication off.
      ::warning title=medium%3A abuse-and-cost/capacity-jump,file=plan.json::aoai/gpt goes from 50 to 400 capacity units. Raise the capacity in smaller steps.
      "
    `);
  });
  it("say why nothing was judged", () => {
    expect(renderAnnotations(notJudged)).toMatchInlineSnapshot(`
      "::error title=broken.json was not judged::SOURCE_EMPTY: broken.json is empty. Run the command that writes the file again.
      "
    `);
  });
  it("are absent where nothing needs attention", () => {
    expect(renderAnnotations(waived) + renderAnnotations(allowed)).toBe("");
  });
});

describe("JUnit", () => {
  it("of a blocked change", () => {
    expect(renderJunit(blocked)).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="portcullis">
        <testsuite name="plan.json" tests="3" failures="1" errors="0" skipped="2">
          <testcase classname="identity/openai-local-auth-enabled" name="aoai accepts key-based authentication [aoai]" file="infra/main.bicep" line="41">
            <failure type="high" message="high, new">resource: /subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-ai/providers/Microsoft.CognitiveServices/accounts/aoai&#10;property: properties.disableLocalAuth is false&#10;fix: Turn key-based authentication off</failure>
          </testcase>
          <testcase classname="abuse-and-cost/capacity-jump" name="aoai/gpt goes from 50 to 400 capacity units [aoai]" file="plan.json">
            <skipped message="medium, new"></skipped>
          </testcase>
          <testcase classname="governance/protection-regression" name="aoai accepts key-based authentication [aoai]" file="plan.json">
            <skipped message="high, new, see identity/openai-local-auth-enabled"></skipped>
          </testcase>
        </testsuite>
      </testsuites>
      "
    `);
  });
  it("of a plan that was not judged, and one without findings", () => {
    const both = reportFrom({ targets: [refusedTarget("broken.json"), reportTarget()] });
    expect(renderJunit(both)).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="portcullis">
        <testsuite name="broken.json" tests="1" failures="0" errors="1" skipped="0">
          <testcase classname="portcullis" name="broken.json">
            <error type="SOURCE_EMPTY" message="broken.json is empty">Run the command that writes the file again.</error>
          </testcase>
        </testsuite>
        <testsuite name="plan.json" tests="1" failures="0" errors="0" skipped="0">
          <testcase classname="portcullis" name="no findings"/>
        </testsuite>
      </testsuites>
      "
    `);
  });
  it("keeps waived findings visible and leaves fixed ones out", () => {
    expect(renderJunit(waived)).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="portcullis">
        <testsuite name="plan.json" tests="2" failures="0" errors="0" skipped="2">
          <testcase classname="identity/openai-local-auth-enabled" name="aoai accepts key-based authentication [aoai]" file="plan.json">
            <skipped message="high, new, waived"></skipped>
          </testcase>
          <testcase classname="identity/openai-local-auth-enabled" name="aoai accepts key-based authentication [aoai]" file="plan.json">
            <skipped message="high, existing"></skipped>
          </testcase>
        </testsuite>
      </testsuites>
      "
    `);
  });
  it("gives targets of one name one suite, and each finding once", () => {
    const twins = reportFrom({ targets: [reportTarget(), reportTarget()], findings: [reportFinding(), jump] });
    expect(renderJunit(twins).match(/<testcase /g)).toHaveLength(2);
  });
});
