import { z } from 'zod';
import { PartVoice } from './cast.ts';
import { ConfigurationError } from './errors.ts';
import { Traits } from './story.ts';
import { voiceNames } from './voice-settings.ts';

/** How the operator wants a character to sound: what the voice has to fit, or the voice itself for a provider. */
const CastChoice = z.strictObject({
  ...Traits.partial().shape,
  voices: z
    .partialRecord(
      z.enum(voiceNames),
      z.strictObject({
        speaker: PartVoice.shape.speaker,
        rate: PartVoice.shape.rate.default(0),
        pitch: PartVoice.shape.pitch.default(0),
      }),
    )
    .default({}),
});

/** The operator's settings of one series. */
export const SeriesSettings = z.strictObject({
  /** By the character's name in the narration. */
  cast: z.record(z.string().min(1).max(80), CastChoice).default({}),
});
export type SeriesSettings = z.infer<typeof SeriesSettings>;

/** Parses the settings of a series; a missing file sets nothing. Throws ConfigurationError with the field that is wrong. */
export function parseSeriesSettings(value: unknown, file: string): SeriesSettings {
  const parsed = SeriesSettings.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ConfigurationError(
    `The settings of the series in ${file} can't be used: ${[...(issue?.path ?? []), issue?.message].join(': ')}`,
  );
}
