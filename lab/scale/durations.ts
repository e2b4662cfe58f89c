import { functions } from '../../config/functions.ts';
import { isJoinedOnFunction, type ShardsOn } from '../../domain/render-shards.ts';
import {
  encodingMinutes,
  renderMeasures,
  renderMinutes,
  soundPartSeconds,
} from '../../domain/render-time.ts';
import { shardsOf, videoMeasures } from '../../domain/video-price.ts';

export interface Video {
  minutes: number;
  pages: number;
  /** Instance type of its renderer. */
  renderer: string;
  renderShards: number | 'auto';
  renderShardsOn: ShardsOn;
}

/** Seconds of a request to the bucket, and how many are made at the same time; assumptions. */
const request = { seconds: 0.03, atOnce: 8 } as const;
/** Reads of a prefix that S3 gives in a second (performance guidelines of S3). */
const readsPerSecond = 5500;

/** Durations of the steps of a job, in seconds of the clock. */
export interface Durations {
  /** The part of a machine's first task that the others do not need. */
  boot: number;
  fetcher: number;
  scriptgen: number;
  ttsgen: number;
  renderer: number;
  /** A machine or function that makes a shard. */
  shard: number;
  /** The renderer that finds all pieces and the sound, or the function. */
  joiner: number;
  /** Whether a function joins. */
  joinsOnFunction: boolean;
  uploader: number;
}

const gigabytes = (name: keyof typeof functions) => functions[name].memory / 1024;

/**
 * Returns the durations from which `make cost` also estimates prices: the render is measured, the upload and the
 * seconds of functions are assumptions. A function's seconds are its GB-seconds in its own memory.
 */
export function durationsOf({ minutes, pages, renderer, ...settings }: Video): Durations {
  const rendering = renderMinutes(renderer, minutes);
  if (rendering === undefined) throw new Error(`the speed of ${renderer} is unknown`);
  const { functionJob, functionPage, functionMinute, uploadMinutes } = videoMeasures;
  const { bootMinutes, joinMinutes, functionStartSeconds } = renderMeasures;
  const joinsOnFunction = isJoinedOnFunction({ on: settings.renderShardsOn, seconds: minutes * 60 });
  const onFunctions = settings.renderShardsOn === 'functions';
  const shards = Math.max(1, shardsOf({ minutes, renderer: [renderer], ...settings }));
  return {
    boot: bootMinutes * 60,
    fetcher: functionJob / gigabytes('fetcher'),
    scriptgen: (pages * functionPage) / gigabytes('scriptgen'),
    ttsgen: (minutes * functionMinute) / gigabytes('ttsgen'),
    renderer: rendering * 60,
    shard: onFunctions
      ? functionStartSeconds + longestFunction(minutes, shards)
      : (bootMinutes + encodingMinutes(renderer, minutes) / shards) * 60,
    joiner: ((joinsOnFunction ? functionStartSeconds / 60 : bootMinutes) + minutes * joinMinutes) * 60,
    joinsOnFunction,
    uploader: (bootMinutes + uploadMinutes) * 60,
  };
}

/**
 * Returns how long the function with the most work takes. A piece is ten seconds of video and is not divided; parts of the sound are dealt
 * out first, and each piece goes to the function with the least work (workers/renderer/pieces/plan-pieces.ts). At worst all functions
 * read the measures of all parts of the sound at the same time.
 */
function longestFunction(minutes: number, shards: number): number {
  const { functionSeconds, soundSeconds } = renderMeasures;
  const parts = Math.ceil((minutes * 60) / soundPartSeconds);
  const work = Array.from({ length: shards }, () => 0);
  const add = (to: number, seconds: number) => {
    work[to] = (work[to] ?? 0) + seconds;
  };
  for (let part = 0; part < parts; part++) add(part % shards, (soundPartSeconds / 60) * soundSeconds);
  for (let piece = 0; piece < minutes * 6; piece++)
    add(work.indexOf(Math.min(...work)), (functionSeconds - soundSeconds) / 6);
  const reading = Math.max((parts * request.seconds) / request.atOnce, (parts * shards) / readsPerSecond);
  return Math.max(...work) + reading;
}
