import { firstUnknown } from "../../plan/reading.ts";
import { defineRule, type Transition } from "../define-rule.ts";
import { fail, notApplicable, open, type Outcome, pass } from "../outcome.ts";
import { resourceType } from "../selectors.ts";

/** Resources that exist to guard others: deleting one is the regression. */
const GUARDS = [
  "Microsoft.Authorization/locks",
  "Microsoft.CognitiveServices/accounts/raiPolicies",
  "Microsoft.Insights/diagnosticSettings",
  "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies",
  "Microsoft.Network/FrontDoorWebApplicationFirewallPolicies",
  "Microsoft.Cdn/profiles/securityPolicies",
  "Microsoft.Network/networkSecurityGroups",
  "Microsoft.Network/networkSecurityPerimeters/resourceAssociations",
  "Microsoft.Network/privateEndpoints",
  "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
  "Microsoft.Security/pricings",
];

/** Properties that attach a guard: taking the id away detaches it. */
const ATTACHMENTS = [
  {
    type: "Microsoft.Network/virtualNetworks/subnets",
    path: "properties.networkSecurityGroup.id",
    guard: "network security group",
  },
  {
    type: "Microsoft.Network/networkInterfaces",
    path: "properties.networkSecurityGroup.id",
    guard: "network security group",
  },
  {
    type: "Microsoft.Network/applicationGateways",
    path: "properties.firewallPolicy.id",
    guard: "web application firewall policy",
  },
];

/** A guard that stands today and will not tomorrow. */
export const protectionRegression = defineRule({
  id: "governance/protection-regression",
  title: "A change deletes or detaches a resource that protects others",
  rationale:
    "Hardening seldom falls at once: one merge drops a lock, a private endpoint or a log, and nobody notices until it is needed.",
  severity: "high",
  confidence: "high",
  introducedIn: "1.0.0",
  appliesTo: resourceType(...GUARDS, ...ATTACHMENTS.map(({ type }) => type)),
  whenAbsent: "A guard that the change does not mention may stay or go, depending on the type: open.",
  profiles: ["recommended", "strict", "network-isolated"],
  topics: ["control-plane"],
  standards: { mcsb: ["AM-2"] },
  sources: ["https://learn.microsoft.com/azure/azure-resource-manager/templates/deployment-modes"],
  reads: ATTACHMENTS.map(({ type, path }) => ({ type, path })),
  fix: { description: "Keep the protection, or have its removal approved", impact: "none", edits: [] },
  checkTransition(transition) {
    const { resource, before, after } = transition;
    if (before === undefined) return notApplicable();
    if (after !== undefined) return checkAttachment(transition);
    if (resource.potential)
      return open(
        { reason: "unresolved-expression" },
        { at: "", message: `${before.label} may be deleted`, regression: true },
      );
    const isGuard = GUARDS.some((type) => type.toLowerCase() === before.typeKey);
    const kind = resource.type.slice(resource.type.lastIndexOf("/") + 1);
    return isGuard
      ? fail({ at: "", message: `${before.label} (${kind}) is deleted`, regression: true })
      : notApplicable();
  },
});

function checkAttachment({ before, after }: Transition): Outcome {
  const attachment = ATTACHMENTS.find(({ type }) => type.toLowerCase() === before?.typeKey);
  if (attachment === undefined || before === undefined || after === undefined) return pass();
  const { path: at, guard } = attachment;
  const earlier = before.properties.string(at);
  const later = after.properties.string(at);
  if (earlier.state === "absent") return notApplicable();
  const unclear = firstUnknown(later, earlier);
  if (unclear !== undefined)
    return open(unclear, {
      at,
      message: `${before.label}: whether it keeps its ${guard} is not known`,
      regression: true,
    });
  if (later.state === "known" && later.value !== "") return pass();
  if (later.state === "known" || after.properties.isNull(at))
    return fail({ at, message: `${before.label} loses its ${guard}`, regression: true });
  return open({ reason: "not-declared" }, { at, message: `${before.label} does not mention its ${guard} any more` });
}
