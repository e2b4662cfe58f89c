import { functions } from '../../config/functions.ts';
import { vcpusOf } from '../../domain/machine-types.ts';
import { isJoinedOnFunction, type ShardsOn } from '../../domain/render-shards.ts';
import { encodingMinutes, renderMeasures, renderMinutes } from '../../domain/render-time.ts';
import { shardsOf, videoMeasures } from '../../domain/video-price.ts';

export interface Video {
  minutes: number;
  pages: number;
  /** Instance type of its renderer. */
  renderer: string;
  renderShards: number | 'auto';
  renderShardsOn: ShardsOn;
}

/** Minutes of a renderer for the sound of a minute of video, which one core makes: 7.5 were measured for five hours. */
const soundMinutes = 7.5 / 300;
/** What the steps of a job need, in seconds of the clock. */
export interface Durations {
  /** The part of a machine's first task that the others do not need. */
  boot: number;
  fetcher: number;
  scriptgen: number;
  ttsgen: number;
  renderer: number;
  /** A machine or function that makes a shard. */
  shard: number;
  /** The first of them, which also makes the sound. */
  firstShard: number;
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
  // On one core.
  const sound = minutes * soundMinutes;
  const pieces = encodingMinutes(renderer, minutes) / shards;
  const ofFunctions = secondsOfFunctions(minutes, shards, sound * 60);
  return {
    boot: bootMinutes * 60,
    fetcher: functionJob / gigabytes('fetcher'),
    scriptgen: (pages * functionPage) / gigabytes('scriptgen'),
    ttsgen: (minutes * functionMinute) / gigabytes('ttsgen'),
    renderer: rendering * 60,
    shard: onFunctions ? functionStartSeconds + ofFunctions.other : (bootMinutes + pieces) * 60,
    firstShard: onFunctions
      ? functionStartSeconds + ofFunctions.first
      : (bootMinutes + Math.max(sound, pieces + sound / vcpusOf(renderer))) * 60,
    joiner: ((joinsOnFunction ? functionStartSeconds / 60 : bootMinutes) + minutes * joinMinutes) * 60,
    joinsOnFunction,
    uploader: (bootMinutes + uploadMinutes) * 60,
  };
}

/**
 * Returns how long the function with the sound works, and the one with the most pieces beside it. A piece is ten seconds of video and is not
 * divided; the sound counts as its pieces would (workers/renderer/pieces/plan-pieces.ts).
 */
function secondsOfFunctions(minutes: number, shards: number, sound: number) {
  const piece = renderMeasures.functionSeconds / 6;
  const even = (minutes * renderMeasures.functionSeconds + sound) / shards;
  if (sound < even || shards < 2) {
    const most = Math.ceil(even / piece) * piece;
    return { first: most, other: most };
  }
  return { first: sound, other: Math.ceil((minutes * 6) / (shards - 1)) * piece };
}
