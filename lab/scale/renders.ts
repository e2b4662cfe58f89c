import { usualTypes } from '../../domain/machine-types.ts';
import type { ShardsOn } from '../../domain/render-shards.ts';
import { priceOfShards, priceOfVideo, shardsOf } from '../../domain/video-price.ts';
import { show } from '../figures/show.ts';
import { simulateDay } from './day.ts';
import { durationsOf } from './durations.ts';

/** Time and price that Remotion Lambda's page of examples states for ten minutes of HD (https://www.remotion.dev/docs/lambda/cost-example). */
const remotion = 'Remotion Lambda documents about a minute and $0.103 to $0.108 for ten minutes';

/** Shards of the renders. */
const shardsGiven = {
  machines: [0, 4, 20, 40, 'auto'],
  functions: [4, 20, 200, 'auto'],
} as const satisfies Record<ShardsOn, readonly (number | 'auto')[]>;

/** Targets of a render. */
interface Wanted {
  seconds: number;
  usd: number;
}

const types = usualTypes.x86_64;
const [renderer] = types.renderer;

/** Simulates the render of one video with the real flow. Returns its seconds, from the speech to the finished video, and its price. */
async function simulateRender(minutes: number, renderShards: number | 'auto', renderShardsOn: ShardsOn) {
  const video = { minutes, pages: minutes * 3, renderShards, renderShardsOn };
  const shards = shardsOf({ ...video, renderer: types.renderer });
  const durations = durationsOf({ ...video, renderer });
  const { fetcher, scriptgen, ttsgen, uploader } = durations;
  const library = { videos: 1, chaptersPerSeries: 1 };
  const { hours } = await simulateDay(durations, library, { lanes: 1, shards, shardsOn: renderShardsOn });
  const { parts } = priceOfVideo({ ...video, ...types, paidVoice: false });
  return {
    shards,
    seconds: hours * 3600 - fetcher - scriptgen - ttsgen - uploader,
    usd: parts.renderer + priceOfShards({ ...video, renderer: types.renderer }),
  };
}

/** Prints renders of ten minutes and of five hours, with shards on machines and on functions. */
export async function printRenders(): Promise<void> {
  console.log(`\nRenders alone, on ${renderer} or functions of one vCPU, on demand`);
  for (const [minutes, wanted, target] of [
    [10, 20, { seconds: 30, usd: 0.02 }],
    [300, 200, { seconds: 360, usd: 0.4 }],
  ] as const satisfies readonly (readonly [number, number, Wanted])[]) {
    for (const on of ['machines', 'functions'] as const)
      for (const given of shardsGiven[on]) {
        const { shards, seconds, usd } = await simulateRender(minutes, given, on);
        const hasTarget = on === 'functions' && given === wanted;
        const missed = hasTarget && (seconds > target.seconds || usd > target.usd);
        show(
          `${minutes} minutes, ${shards} shards on ${on}${given === 'auto' ? ' (auto)' : ''}`,
          `${seconds.toFixed(0)} s, $${usd.toFixed(4)}`,
          hasTarget ? `≤ ${target.seconds} s, ≤ $${target.usd}${missed ? '   MISSED' : ''}` : '',
        );
      }
  }
  console.log(remotion);
}
