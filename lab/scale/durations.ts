import { functions } from '../../config/functions.ts';
import { renderMinutes, videoMeasures } from '../../domain/video-price.ts';

export interface Video {
  minutes: number;
  pages: number;
  /** Instance type of its renderer. */
  renderer: string;
}

/** What the steps of a job need, in seconds of the clock. */
export interface Durations {
  fetcher: number;
  scriptgen: number;
  ttsgen: number;
  renderer: number;
  uploader: number;
}

const gigabytes = (name: keyof typeof functions) => functions[name].memory / 1024;

/**
 * Returns the durations from which `make cost` also estimates prices: the render is measured, the upload and the
 * seconds of functions are assumptions. A function's seconds are its GB-seconds in its own memory.
 */
export function durationsOf({ minutes, pages, renderer }: Video): Durations {
  const rendering = renderMinutes(renderer, minutes);
  if (rendering === undefined) throw new Error(`the speed of ${renderer} is unknown`);
  const { functionJob, functionPage, functionMinute, bootMinutes, uploadMinutes } = videoMeasures;
  return {
    fetcher: functionJob / gigabytes('fetcher'),
    scriptgen: (pages * functionPage) / gigabytes('scriptgen'),
    ttsgen: (minutes * functionMinute) / gigabytes('ttsgen'),
    renderer: rendering * 60,
    uploader: (bootMinutes + uploadMinutes) * 60,
  };
}
