/**
 * `make lab WHAT=scale`: runs a day of the real flow with several numbers of lanes on a fast clock, and prints how long it takes
 * and what it costs.
 */
import { usualTypes } from '../../domain/machine-types.ts';
import { priceOfVideo } from '../../domain/video-price.ts';
import { givenNumber } from '../figures/given-number.ts';
import { simulateDay } from './day.ts';
import { durationsOf } from './durations.ts';

const columns = ['lanes', 'hours', 'videos an hour', '$ a day', 'machines at once', 'longest history'];
const row = (cells: readonly (string | number)[]) =>
  console.log(cells.map((cell, index) => String(cell).padStart(columns[index]?.length ?? 0)).join('   '));

const videos = givenNumber('VIDEOS', 100);
const minutes = givenNumber('MINUTES', 10);
const pages = givenNumber('PAGES', 30);
const chaptersPerSeries = givenNumber('SERIES', 5);
const [renderer] = usualTypes.x86_64.renderer;
const durations = durationsOf({ minutes, pages, renderer });
const { usd } = priceOfVideo({ minutes, pages, ...usualTypes.x86_64, paidVoice: false });
const seconds = Object.entries(durations).map(([step, length]) => `${step} ${Math.round(length)}`);

console.log(`${videos} videos of ${minutes} minutes, ${chaptersPerSeries} of a series, on ${renderer}`);
console.log(`seconds of a job: ${seconds.join(', ')}`);
row(columns);
for (const lanes of (process.env.LANES ?? '1,4,10,16').split(',').map(Number)) {
  const day = await simulateDay(durations, { videos, chaptersPerSeries }, lanes);
  if (day.published !== videos) {
    console.error(`${day.published} of ${videos} videos were published`);
    process.exitCode = 1;
  }
  const { hours, machines, longestHistory } = day;
  row([
    lanes,
    hours.toFixed(2),
    (videos / hours).toFixed(1),
    (usd * videos).toFixed(2),
    machines,
    longestHistory,
  ]);
}
