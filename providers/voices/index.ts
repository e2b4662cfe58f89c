import { ConfigurationError } from '../../domain/errors.ts';
import type { VoiceName } from '../../domain/voice-settings.ts';
import type { MannerSettings } from './manners.ts';
import { RememberedVoice, type SpeechMemory } from './remembered-voice.ts';
import { speakers } from './ssml.ts';
import type { Voice } from './voice.ts';

export interface VoiceSettings {
  /** Finds the binary that encodes what espeak says; no other voice takes one. */
  ffmpeg: () => Promise<string>;
  /** Of `edge` and `azure`, which have the same two; a woman's voice when nothing is said. */
  speaker?: string | undefined;
  /** −50 to 100, percent of the speaker's own pace. */
  ratePercent?: number | undefined;
  /** −50 to 50 Hz around the speaker's own pitch. */
  pitchHz?: number | undefined;
  moods?: MannerSettings['moods'];
  edge?: { endpoint?: string | undefined; concurrency?: number | undefined } | undefined;
  /** Asked for only when `azure` is chosen. `region` may stay away where `endpoint` is given. */
  azure?: (() => Promise<AzureAccount>) | undefined;
  /** What services said before; without it they are asked each time. */
  memory?: SpeechMemory | undefined;
}

interface AzureAccount {
  key: string;
  region?: string | undefined;
  endpoint?: string | undefined;
}

/** The one place where a voice is chosen; each is loaded when it is. Throws ConfigurationError for one that lacks a setting. */
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
      return remembered(new EdgeVoice({ ...manner, ...given(settings.edge ?? {}) }));
    }
    case 'azure': {
      const { key, region = '', endpoint } = (await settings.azure?.()) ?? { key: '' };
      if (!key || !(region || endpoint))
        throw new ConfigurationError(
          'The voice azure needs the key and the region of a Speech resource; store both as the secret `voice`: make secrets SET=voice',
        );
      const { AzureVoice } = await import('./azure.ts');
      return remembered(new AzureVoice({ ...manner, key, region, ...given({ endpoint }) }));
    }
  }
}

/** Voices in the order in which a job falls back on them; each is made once. */
export function createVoices(names: readonly VoiceName[], settings: VoiceSettings): Promise<Voice[]> {
  return Promise.all([...new Set(names)].map((name) => createVoice(name, settings)));
}

/** Without what is undefined: an optional setting is given or it is not there. */
function given<T extends object>(settings: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
