import { ConfigurationError } from '../../domain/errors.ts';
import type { VoiceName } from '../../domain/voice-settings.ts';
import { span } from '../tracing/span.ts';
import type { MannerSettings } from './manners.ts';
import type { CastSettings } from './microsoft-speakers.ts';
import { RememberedVoice, type SpeechMemory } from './remembered-voice.ts';
import { speakers } from './ssml.ts';
import type { Voice } from './voice.ts';

export interface VoiceSettings {
  /** Finds the binary that encodes espeak's audio; no other voice calls it. */
  ffmpeg: () => Promise<string>;
  /** Speaker of `edge` and `azure`, which have the same two; by default a woman's voice. */
  speaker?: string | undefined;
  /** Percent of the speaker's pace, −50 to 100. */
  ratePercent?: number | undefined;
  /** Difference from the speaker's pitch, −50 to 50 Hz. */
  pitchHz?: number | undefined;
  moods?: MannerSettings['moods'];
  edge?: { endpoint?: string | undefined; concurrency?: number | undefined } | undefined;
  /** Called only if `azure` is chosen. `region` is optional if `endpoint` is given. */
  azure?: (() => Promise<AzureAccount>) | undefined;
  /** Cache of earlier speech; without it every sentence is requested. */
  memory?: SpeechMemory | undefined;
  /** Returns whom a cast can have with a service; without it only the narrator has a voice. */
  cast?: ((service: 'edge' | 'azure') => CastSettings) | undefined;
}

interface AzureAccount {
  key: string;
  region?: string | undefined;
  endpoint?: string | undefined;
  requestsPerMinute?: number | undefined;
}

/** Creates a voice and loads only its code. Throws ConfigurationError if a setting is missing. */
export async function createVoice(name: VoiceName, settings: VoiceSettings): Promise<Voice> {
  const manner: MannerSettings = {
    speaker: settings.speaker ?? speakers[0],
    ratePercent: settings.ratePercent ?? 0,
    pitchHz: settings.pitchHz ?? 0,
    moods: settings.moods,
  };
  const remembered = (voice: Voice) =>
    settings.memory ? new RememberedVoice(voice, settings.memory) : voice;
  switch (name) {
    case 'espeak': {
      const { EspeakVoice } = await import('./espeak.ts');
      return new EspeakVoice({ ffmpeg: await settings.ffmpeg() });
    }
    case 'edge': {
      const { EdgeVoice } = await import('./edge.ts');
      return remembered(
        new EdgeVoice({ ...manner, ...given(settings.edge ?? {}), cast: settings.cast?.('edge') }),
      );
    }
    case 'azure': {
      const { key, region = '', endpoint, requestsPerMinute } = (await settings.azure?.()) ?? { key: '' };
      if (!key || !(region || endpoint))
        throw new ConfigurationError(
          'The voice azure needs the key and the region of a Speech resource; store both as the secret `voice`: make secrets SET=voice',
        );
      const { AzureVoice } = await import('./azure.ts');
      const cast = settings.cast?.('azure');
      return remembered(
        new AzureVoice({ ...manner, key, region, ...given({ endpoint, requestsPerMinute }), cast }),
      );
    }
  }
}

/** Makes each utterance a span of the current trace. */
function inSpans(voice: Voice): Voice {
  const speak = voice.speak.bind(voice);
  voice.speak = (text, delivery) =>
    span(`voice ${voice.name}`, () => speak(text, delivery), { characters: text.length });
  return voice;
}

/** Creates voices in the order a job falls back on them; each once. */
export function createVoices(names: readonly VoiceName[], settings: VoiceSettings): Promise<Voice[]> {
  return Promise.all([...new Set(names)].map(async (name) => inSpans(await createVoice(name, settings))));
}

/** Removes undefined properties: an optional setting is either given or absent. */
function given<T extends object>(settings: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
