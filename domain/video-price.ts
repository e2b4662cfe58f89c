import { machineTypes, vcpusOf } from './machine-types.ts';
import { machineHour, prices, type volumeSizes } from './prices.ts';

/**
 * Measured: ten minutes of video kept the 8 vCPUs of a c5.2xlarge for 2.7 minutes, boot included. The other figures are
 * assumptions, generous on purpose.
 */
export const videoMeasures = {
  bootMinutes: 1,
  /** Minutes of one C5 vCPU for a minute of video. */
  renderMinutes: ((2.7 - 1) * 8) / 10,
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
  /** Whether Azure speaks, at about 900 characters a minute. */
  paidVoice: boolean;
}

function machinePrice(worker: keyof typeof volumeSizes, [type = '']: readonly string[], minutes: number) {
  const hour = machineHour(type, worker);
  return hour === undefined ? undefined : (minutes / 60) * hour;
}

/** Returns the minutes that a machine of this type renders a video, with its boot; undefined for an unknown type. */
export function renderMinutes(type: string, minutes: number): number | undefined {
  const known = machineTypes[type];
  if (!known) return undefined;
  return videoMeasures.bootMinutes + (minutes * videoMeasures.renderMinutes) / (vcpusOf(type) * known.speed);
}

/**
 * Estimates what a video costs before it is made, in US dollars by part, with machines on demand: Spot usually costs 30 to 60
 * percent of that. Without the language model, whose price depends on the model. `unknown` names types without a price.
 */
export function priceOfVideo({ minutes, pages, renderer, uploader, paidVoice }: VideoPlan) {
  const gigabytes = minutes * videoMeasures.gigabytesPerMinute;
  const seconds =
    pages * videoMeasures.functionPage + minutes * videoMeasures.functionMinute + videoMeasures.functionJob;
  const rendering = renderMinutes(renderer[0] ?? '', minutes);
  const machines = {
    renderer: rendering === undefined ? undefined : machinePrice('renderer', renderer, rendering),
    uploader: machinePrice('uploader', uploader, videoMeasures.bootMinutes + videoMeasures.uploadMinutes),
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
