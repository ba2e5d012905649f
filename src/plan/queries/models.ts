import { known, type KnownReading, type UnknownReading } from "../reading.ts";
import type { ResourceView } from "../world.ts";

/** What the query reads. */
export const MODEL_NAME_READS = [
  { type: "Microsoft.CognitiveServices/accounts/deployments", path: "properties.model.name" },
];

/** Speech-to-text and text-to-speech models: content filters do not apply to them. */
const AUDIO_MODEL = /^whisper|^tts|-tts|transcribe/i;

/**
 * Whether content filters apply to the model of a deployment: not to audio models.
 *
 * @see https://learn.microsoft.com/azure/ai-foundry/openai/concepts/content-filter
 */
export function hasTextFilters(deployment: ResourceView): KnownReading<boolean> | UnknownReading {
  const name = deployment.properties.string("properties.model.name");
  if (name.state === "unknown") return name;
  return known(name.state === "absent" || !AUDIO_MODEL.test(name.value));
}
