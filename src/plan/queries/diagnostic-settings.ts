import { known, type KnownReading, type UnknownReading } from "../reading.ts";
import type { ResourceView } from "../world.ts";

const TYPE = "Microsoft.Insights/diagnosticSettings";

/**
 * The diagnostic settings of `resource`, in plan order. Known and empty only when the world proves that there are none.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/platform/diagnostic-settings
 */
export function diagnosticSettingsOf(resource: ResourceView): KnownReading<readonly ResourceView[]> | UnknownReading {
  const settings = resource.world.attachedTo(resource, TYPE);
  return settings.length > 0 ? known(settings) : resource.world.absence(resource, "diagnostics");
}
