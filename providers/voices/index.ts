import type { Config } from '../../config.ts';
import { EspeakVoice } from './espeak.ts';
import type { Voice } from './voice.ts';

/** The one place where a voice is chosen. `ffmpeg` is the binary that encodes its sound. */
export function createVoice(name: Config['voice'], options: { ffmpeg: string }): Voice {
  switch (name) {
    case 'espeak':
      return new EspeakVoice(options);
  }
}
