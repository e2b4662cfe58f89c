import { functions } from '../../config/functions.ts';
import { vcpusOf } from '../../domain/machine-types.ts';
import { shardsFor } from '../../domain/render-shards.ts';
import { encodingMinutes, renderMeasures, renderMinutes } from '../../domain/render-time.ts';
import { videoMeasures } from '../../domain/video-price.ts';

export interface Video {
  minutes: number;
  pages: number;
  /** Instance type of its renderer. */
  renderer: string;
  renderShards: number | 'auto';
}

/** Minutes of a renderer for the sound of a minute of video, which one core makes: 7.5 were measured for five hours. */
const soundMinutes = 7.5 / 300;
/** Minutes in which a renderer fetches all pieces of a minute of video, joins and uploads them; an assumption. */
const joinMinutes = 1 / 300;

/** What the steps of a job need, in seconds of the clock. */
export interface Durations {
  /** The part of a machine's first task that the others do not need. */
  boot: number;
  fetcher: number;
  scriptgen: number;
  ttsgen: number;
  renderer: number;
  /** One of the machines that share a render. */
  shard: number;
  /** The first of them, which also makes the sound. */
  firstShard: number;
  /** The renderer that finds all pieces and the sound. */
  joiner: number;
  uploader: number;
}

const gigabytes = (name: keyof typeof functions) => functions[name].memory / 1024;

/**
 * Returns the durations from which `make cost` also estimates prices: the render is measured, the upload and the
 * seconds of functions are assumptions. A function's seconds are its GB-seconds in its own memory.
 */
export function durationsOf({ minutes, pages, renderer, renderShards }: Video): Durations {
  const rendering = renderMinutes(renderer, minutes);
  if (rendering === undefined) throw new Error(`the speed of ${renderer} is unknown`);
  const { functionJob, functionPage, functionMinute, uploadMinutes } = videoMeasures;
  const { bootMinutes } = renderMeasures;
  const shards = Math.max(1, shardsFor(renderShards, { seconds: minutes * 60, instanceType: renderer }));
  // On one core.
  const sound = minutes * soundMinutes;
  const pieces = encodingMinutes(renderer, minutes) / shards;
  return {
    boot: bootMinutes * 60,
    fetcher: functionJob / gigabytes('fetcher'),
    scriptgen: (pages * functionPage) / gigabytes('scriptgen'),
    ttsgen: (minutes * functionMinute) / gigabytes('ttsgen'),
    renderer: rendering * 60,
    shard: (bootMinutes + pieces) * 60,
    firstShard: (bootMinutes + Math.max(sound, pieces + sound / vcpusOf(renderer))) * 60,
    joiner: (bootMinutes + minutes * joinMinutes) * 60,
    uploader: (bootMinutes + uploadMinutes) * 60,
  };
}
