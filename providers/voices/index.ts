import { ConfigurationError } from '../../domain/errors.ts';
import { AzureVoice } from './azure.ts';
import { EdgeVoice } from './edge.ts';
import { EspeakVoice } from './espeak.ts';
import { speakers } from './ssml.ts';
import type { Voice } from './voice.ts';

export const voiceNames = ['espeak', 'edge', 'azure'] as const;
export type VoiceName = (typeof voiceNames)[number];

export interface VoiceSettings {
  /** The binary that decodes and encodes sound. */
  ffmpeg: string;
  /** Of `edge` and `azure`, which have the same two; a woman's voice when nothing is said. */
  speaker?: (typeof speakers)[number] | undefined;
  /** −50 to 100, percent of the speaker's own pace. */
  ratePercent?: number | undefined;
  /** −50 to 50 Hz around the speaker's own pitch. */
  pitchHz?: number | undefined;
  edge?: { endpoint?: string | undefined; concurrency?: number | undefined } | undefined;
  /** `region` may stay away where `endpoint` is given. */
  azure?: { key: string; region?: string | undefined; endpoint?: string | undefined } | undefined;
}

/** The one place where a voice is chosen. Throws ConfigurationError for one that lacks a setting. */
export function createVoice(name: VoiceName, settings: VoiceSettings): Voice {
  const { ffmpeg, azure } = settings;
  const manner = {
    ffmpeg,
    speaker: settings.speaker ?? speakers[0],
    ratePercent: settings.ratePercent ?? 0,
    pitchHz: settings.pitchHz ?? 0,
  };
  switch (name) {
    case 'espeak':
      return new EspeakVoice({ ffmpeg });
    case 'edge':
      return new EdgeVoice({ ...manner, ...given(settings.edge ?? {}) });
    case 'azure': {
      const { key, region = '', endpoint } = azure ?? {};
      if (!key || !(region || endpoint))
        throw new ConfigurationError(
          'The voice azure needs the key and the region of a Speech resource; store both as the secret `voice`.',
        );
      return new AzureVoice({ ...manner, key, region, ...given({ endpoint }) });
    }
  }
}

/** Voices in the order in which a job falls back on them; each is made once. */
export function createVoices(names: readonly VoiceName[], settings: VoiceSettings): Voice[] {
  return [...new Set(names)].map((name) => createVoice(name, settings));
}

/** Without what is undefined: an optional setting is given or it is not there. */
function given<T extends object>(settings: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
