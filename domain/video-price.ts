import { machineHour, prices, type volumeSizes } from './prices.ts';
import { shardsFor } from './render-shards.ts';
import { renderMeasures, renderMinutes } from './render-time.ts';

/** Assumptions, generous on purpose. */
export const videoMeasures = {
  uploadMinutes: 3,
  gigabytesPerMinute: 0.03,
  /** GB-seconds of functions for a page, for a minute of video, and for the rest of a job. */
  functionPage: 15,
  functionMinute: 6,
  functionJob: 100,
} as const;
/** $ for a GB-second of Lambda on x86_64, and for 30 state transitions with the requests of a job. */
const lambdaSecond = 0.0000166667;
const transitions = 0.002;

export interface VideoPlan {
  minutes: number;
  pages: number;
  /** Instance types in the order of trying them; the first counts. */
  renderer: readonly string[];
  uploader: readonly string[];
  /** The setting of that name. */
  renderShards: number | 'auto';
  /** Whether Azure speaks, at about 900 characters a minute. */
  paidVoice: boolean;
}

function machinePrice(worker: keyof typeof volumeSizes, [type = '']: readonly string[], minutes: number) {
  const hour = machineHour(type, worker);
  return hour === undefined ? undefined : (minutes / 60) * hour;
}

/** Returns the minutes of all renderers of a video: machines that share its render do the same work, and each of them boots. */
export function machineMinutes({
  minutes,
  renderer: [instanceType = ''],
  renderShards,
}: Pick<VideoPlan, 'minutes' | 'renderer' | 'renderShards'>): number | undefined {
  const alone = renderMinutes(instanceType, minutes);
  const shards = shardsFor(renderShards, { seconds: minutes * 60, instanceType });
  return alone && alone + shards * renderMeasures.bootMinutes;
}

/**
 * Estimates what a video costs before it is made, in US dollars by part, with machines on demand: Spot usually costs 30 to 60
 * percent of that. Without the language model, whose price depends on the model. `unknown` names types without a price.
 */
export function priceOfVideo({ minutes, pages, renderer, uploader, renderShards, paidVoice }: VideoPlan) {
  const gigabytes = minutes * videoMeasures.gigabytesPerMinute;
  const seconds =
    pages * videoMeasures.functionPage + minutes * videoMeasures.functionMinute + videoMeasures.functionJob;
  const rendering = machineMinutes({ minutes, renderer, renderShards });
  const machines = {
    renderer: rendering === undefined ? undefined : machinePrice('renderer', renderer, rendering),
    uploader: machinePrice('uploader', uploader, renderMeasures.bootMinutes + videoMeasures.uploadMinutes),
  };
  const parts = {
    renderer: machines.renderer ?? 0,
    uploader: machines.uploader ?? 0,
    functions: seconds * lambdaSecond + transitions,
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
