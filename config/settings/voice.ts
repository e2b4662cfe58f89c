import * as z from 'zod';
import { azureRequestsPerMinute } from '../../domain/service-rates.ts';
import { castSpeakerPattern, moodsPattern, speakerPattern, voiceNames } from '../../domain/voice-settings.ts';
import { list, optionalText, yesOrNo } from './values.ts';

/** One voice or several. */
export const voices = list.pipe(
  z.array(z.enum(voiceNames, `must be ${voiceNames.join(', ')}, or several, separated by commas`)).min(1),
);

/** Voices and their style. */
export const voice = {
  voice: voices
    .prefault('espeak')
    .describe(
      '`espeak`, `edge` or `azure`; or several, separated by commas: the next one speaks when one is unavailable. A deployment uses `edge` unless it says otherwise. See [voices.md](voices.md)',
    ),
  voiceMixing: yesOrNo
    .default(false)
    .describe(
      'Continues a video in the next voice when one is lost in the middle, instead of speaking all of it again; a video with a cast is always spoken again',
    ),
  voiceCast: yesOrNo
    .default(true)
    .describe(
      'Gives each character a voice; only the narrator `llm` knows who speaks. See [voices.md](voices.md#a-cast)',
    ),
  voiceCastSpeakers: list
    .pipe(z.array(z.string().regex(castSpeakerPattern, 'must be like vi-VN-NamMinhNeural')))
    .prefault('vi-VN-HoaiMyNeural,vi-VN-NamMinhNeural')
    .describe('Speakers of `edge` and `azure` for characters, separated by commas'),
  voiceSpeaker: z
    .string()
    .regex(speakerPattern, 'must be like vi-VN-HoaiMyNeural or vi-VN-NamMinhNeural')
    .default('vi-VN-HoaiMyNeural')
    .describe('Speaker of `edge` and `azure`'),
  voiceRate: z.coerce.number().int().min(-50).max(100).default(0).describe('Percent faster or slower'),
  voicePitch: z.coerce.number().int().min(-50).max(50).default(0).describe('Hertz higher or lower'),
  voiceMoods: z
    .string()
    .regex(moodsPattern, 'must be mood=speaker/rate/pitch, separated by commas, like sad=/-10/-4')
    .default('')
    .describe(
      'Differences for a mood: `mood=speaker/rate/pitch`, separated by commas, like `sad=/-10/-4,angry=/8/3`',
    ),
  voiceConcurrency: z.coerce
    .number()
    .int()
    .min(1)
    .max(8)
    .default(4)
    .describe('Parallel utterances with `edge`; with too many the service refuses all for minutes'),
  voiceAzureRequestsPerMinute: z.coerce
    .number()
    .int()
    .min(1)
    .max(60_000)
    .default(azureRequestsPerMinute.standard)
    .describe(
      'Requests a minute that the resource of `azure` accepts, of all lanes together: 12000 for a standard one, 20 for a free one',
    ),
  voiceEdgeEndpoint: optionalText.describe("Another server instead of Microsoft's, for tests"),
  voiceAzureEndpoint: optionalText.describe('A private endpoint of Azure Speech, or a server for tests'),
};
