/**
 * `make lab WHAT=scale`: runs a day of the real flow with several numbers of lanes, of machines that share a render, and of minutes that
 * machines stay, on a fast clock, and prints how long it takes and what it costs. No more lanes are opened than the account's concurrent calls
 * bear, as in a run; with LANES=1,4,16 SHARDS=0,4,20,200 SHARDS_ON=functions it prints them all.
 */
import { usualTypes } from '../../domain/machine-types.ts';
import { machineHour } from '../../domain/prices.ts';
import { callsPerLane } from '../../domain/run-limits.ts';
import { accountCalls, priceOfVideo, shardsOf } from '../../domain/video-price.ts';
import { givenNumber } from '../figures/given-number.ts';
import { simulateDay } from './day.ts';
import { durationsOf } from './durations.ts';
import { printRenders } from './renders.ts';

const columns = [
  ...['   lanes', 'shards', 'idle', 'hours', 'videos an hour', '$ a day', '$ machines', 'boots'],
  ...['machines at once', 'longest history'],
];
const row = (cells: readonly (string | number)[]) =>
  console.log(cells.map((cell, index) => String(cell).padStart(columns[index]?.length ?? 0)).join('   '));

const videos = givenNumber('VIDEOS', 100);
const minutes = givenNumber('MINUTES', 10);
const pages = givenNumber('PAGES', 30);
const chaptersPerSeries = givenNumber('SERIES', 5);
const [renderer] = usualTypes.x86_64.renderer;
const [uploader] = usualTypes.x86_64.uploader;
const shardsOn = process.env.SHARDS_ON === 'functions' ? 'functions' : 'machines';
const video = { minutes, pages, renderer, renderShardsOn: shardsOn } as const;
const { joinsOnFunction: _, ...lengths } = durationsOf({ ...video, renderShards: 0 });
const alone = Object.entries(lengths);
const seconds = alone.map(([step, length]) => `${step} ${Math.round(length)}`);

console.log(`${videos} videos of ${minutes} minutes, ${chaptersPerSeries} of a series, on ${renderer}`);
console.log(`seconds of a job: ${seconds.join(', ')}`);
row(columns);
const asked = (name: string, otherwise: string) => (process.env[name] ?? otherwise).split(',');
const hour = {
  renderer: machineHour(renderer, 'renderer') ?? 0,
  uploader: machineHour(uploader, 'uploader') ?? 0,
};

async function simulate(wanted: string, idleMinutes: number, lanes: number): Promise<void> {
  const renderShards = wanted === 'auto' ? wanted : Number(wanted);
  const shards = shardsOf({ ...video, renderer: [renderer], renderShards });
  const durations = durationsOf({ ...video, renderShards });
  const perLane = callsPerLane + (shardsOn === 'functions' ? shards : 0);
  const opened = Math.max(1, Math.min(lanes, Math.floor(accountCalls / perLane)));
  const day = await simulateDay(
    durations,
    { videos, chaptersPerSeries },
    { lanes: opened, shards, shardsOn, idleMinutes },
  );
  if (day.published !== videos) {
    console.error(`${day.published} of ${videos} videos were published`);
    process.exitCode = 1;
  }
  const { hours, machineHours, boots, machines, longestHistory } = day;
  const { parts } = priceOfVideo({ ...video, ...usualTypes.x86_64, renderShards, paidVoice: false });
  const ofMachines = machineHours.renderer * hour.renderer + machineHours.uploader * hour.uploader;
  const usd = ofMachines + videos * (parts.functions + parts.voice + parts.transfer + parts.storage);
  row([
    ...[
      opened < lanes ? `${opened} of ${lanes}` : lanes,
      shards,
      idleMinutes,
      hours.toFixed(2),
      (videos / hours).toFixed(1),
    ],
    ...[usd.toFixed(2), ofMachines.toFixed(2), boots, machines, longestHistory],
  ]);
}

for (const shards of asked('SHARDS', '0'))
  for (const idleMinutes of asked('IDLE', '0').map(Number))
    for (const lanes of asked('LANES', '1,4,10,16').map(Number)) await simulate(shards, idleMinutes, lanes);
await printRenders();
