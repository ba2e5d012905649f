import { defineRule } from "../define-rule.ts";
import { fail, open, pass } from "../outcome.ts";
import { resourceType } from "../selectors.ts";

const TYPE = "Microsoft.Network/privateEndpoints";
const GROUP_TYPE = "Microsoft.Network/privateEndpoints/privateDnsZoneGroups";
const CONFIGS = "properties.privateDnsZoneConfigs";

/** A private endpoint that names do not resolve to. */
export const privateEndpointDnsZoneGroupMissing = defineRule({
  id: "network/private-endpoint-dns-zone-group-missing",
  title: "A private endpoint has no private DNS zone group",
  rationale: "Clients go on resolving the public address: calls fail, or leave the network unnoticed.",
  severity: "medium",
  confidence: "medium",
  introducedIn: "1.0.0",
  appliesTo: resourceType(TYPE),
  profiles: ["recommended", "strict", "network-isolated"],
  topics: ["network"],
  standards: {
    mcsb: ["NS-2"],
    azurePolicy: [
      "c4bc6f10-cb41-49eb-b000-d5ab82e2a091",
      "fbc14a67-53e4-4932-abcc-2049c6706009",
      "ac673a9a-f77d-4846-b2d8-a57f8e1c01d4",
    ],
  },
  sources: ["https://learn.microsoft.com/azure/private-link/private-endpoint-dns"],
  reads: [{ type: GROUP_TYPE, path: CONFIGS }],
  family: "privateDns",
  fix: {
    description: "Add a privateDnsZoneGroups child with the zones of the target service",
    impact: "none",
    edits: [],
  },
  check(endpoint) {
    const groups = endpoint.world.attachedTo(endpoint, GROUP_TYPE);
    for (const group of groups) {
      const configs = group.properties.members(CONFIGS);
      if (configs.state === "unknown")
        return open(configs, {
          at: "",
          message: `${endpoint.label}: its DNS zones are not known`,
          family: "privateDns",
        });
      if (configs.state === "known" && configs.value.length > 0) return pass();
    }
    const absence = endpoint.world.absence(endpoint, "privateDns");
    if (groups.length === 0 && absence.state === "unknown") {
      return open(absence, {
        at: "",
        message: `${endpoint.label}: no DNS zone group is in sight`,
        family: "privateDns",
      });
    }
    return fail({ at: "", message: `${endpoint.label} is not entered in any private DNS zone` });
  },
});
