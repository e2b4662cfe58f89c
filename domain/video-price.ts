import { machineHour, prices, type volumeSizes } from './prices.ts';
import { callMemory, callsOfRender, isJoinedOnFunction, type ShardsOn, shardsFor } from './render-shards.ts';
import { renderMeasures, renderMinutes, soundPartSeconds } from './render-time.ts';

/** Assumptions, generous on purpose. */
export const videoMeasures = {
  uploadMinutes: 3,
  gigabytesPerMinute: 0.03,
  /** GB-seconds of functions for a page, for a minute of video, and for the rest of a job. */
  functionPage: 15,
  functionMinute: 6,
  functionJob: 100,
} as const;
/** $ for 30 state transitions with the requests of a job. */
const transitions = 0.002;
/** $ for the state transitions and the call of a shard, which is a separate execution. */
const shardTransitions = 0.0001;

export interface VideoPlan {
  minutes: number;
  pages: number;
  /** Instance types in the order of trying them; the first counts. */
  renderer: readonly string[];
  uploader: readonly string[];
  /** The settings of these names. */
  renderShards: number | 'auto';
  renderShardsOn: ShardsOn;
  /** Whether Azure speaks, at about 900 characters a minute. */
  paidVoice: boolean;
}

function machinePrice(worker: keyof typeof volumeSizes, [type = '']: readonly string[], minutes: number) {
  const hour = machineHour(type, worker);
  return hour === undefined ? undefined : (minutes / 60) * hour;
}

type Rendering = Pick<VideoPlan, 'minutes' | 'renderer' | 'renderShards' | 'renderShardsOn'>;

/** Concurrent calls of functions that an account has, unless it is new or has asked for more (quotas of Lambda). */
export const accountCalls = 1000;

/** Returns the number of shards of a video's render, in an account with the usual number of calls. */
export const shardsOf = ({ minutes, renderer: [instanceType = ''], ...settings }: Rendering): number =>
  shardsFor({
    ...{ wanted: settings.renderShards, on: settings.renderShardsOn },
    ...{ seconds: minutes * 60, instanceType },
    ...(settings.renderShardsOn === 'functions' && { available: callsOfRender(accountCalls, 1) }),
  });

/**
 * Returns the minutes of all renderers of a video: machines that share its render do the same work, and each of them boots; after
 * functions one machine joins the pieces of a long one.
 */
export function machineMinutes(rendering: Rendering): number | undefined {
  const { minutes, renderer, renderShardsOn } = rendering;
  const alone = renderMinutes(renderer[0] ?? '', minutes);
  const shards = shardsOf(rendering);
  if (alone === undefined) return undefined;
  if (shards > 0 && renderShardsOn === 'functions')
    return isJoinedOnFunction({ on: renderShardsOn, seconds: minutes * 60 })
      ? 0
      : renderMeasures.bootMinutes + minutes * renderMeasures.joinMinutes;
  return alone + shards * renderMeasures.bootMinutes;
}

/** Returns the price of the functions that make the shards of a video, in US dollars. */
export function priceOfShards(rendering: Rendering): number {
  if (rendering.renderShardsOn === 'machines') return 0;
  const shards = shardsOf(rendering);
  if (shards === 0) return 0;
  const { functionSeconds, functionStartSeconds, joinMinutes } = renderMeasures;
  const joins = isJoinedOnFunction({ on: 'functions', seconds: rendering.minutes * 60 });
  const seconds =
    rendering.minutes * (functionSeconds + (joins ? joinMinutes * 60 : 0)) + shards * functionStartSeconds;
  // At worst each reads the measures of all parts of the sound.
  const reads = shards * Math.ceil((rendering.minutes * 60) / soundPartSeconds);
  return (
    seconds * (callMemory / 1024) * prices.lambdaSecond +
    shards * shardTransitions +
    reads * prices.storageRead
  );
}

/**
 * Estimates what a video costs before it is made, in US dollars by part, with machines on demand: Spot usually costs 30 to 60
 * percent of that. Without the language model, whose price depends on the model. `unknown` names types without a price.
 */
export function priceOfVideo(plan: VideoPlan) {
  const { minutes, pages, renderer, uploader, paidVoice } = plan;
  const gigabytes = minutes * videoMeasures.gigabytesPerMinute;
  const seconds =
    pages * videoMeasures.functionPage + minutes * videoMeasures.functionMinute + videoMeasures.functionJob;
  const rendering = machineMinutes(plan);
  const machines = {
    renderer: rendering === undefined ? undefined : machinePrice('renderer', renderer, rendering),
    uploader: machinePrice('uploader', uploader, renderMeasures.bootMinutes + videoMeasures.uploadMinutes),
  };
  const parts = {
    renderer: machines.renderer ?? 0,
    uploader: machines.uploader ?? 0,
    functions: seconds * prices.lambdaSecond + transitions + priceOfShards(plan),
    voice: paidVoice ? minutes * 900 * prices.azureCharacter : 0,
    transfer: gigabytes * prices.transfer,
    // The video and about as much again of pages, pieces and speech, for two days.
    storage: 2 * gigabytes * prices.storageDay * 2,
  };
  const unknown = [
    ...(machines.renderer === undefined ? [`renderer ${renderer[0]}`] : []),
    ...(machines.uploader === undefined ? [`uploader ${uploader[0]}`] : []),
  ];
  return { parts, usd: Object.values(parts).reduce((sum, part) => sum + part, 0), unknown };
}

/** Returns what a stage costs a month without any video: alarms, dashboard, secrets, and about a dollar of logs and tables. */
export const standingPrice = (alarms: number): number => alarms * 0.1 + 3 + 3 * 0.4 + 1;
