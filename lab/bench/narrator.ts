/**
 * Narrates a chapter of 60 pages with the fake endpoint, whose replies take 500 ms: at most one pending call per page
 * and four pages concurrently. With an allowed rate, measures how much of it is used.
 */
import { analysisOf, chapterOf, llmFixture } from '../../providers/narrators/testing/llm-fixture.ts';
import { show } from '../figures/show.ts';

const pageCount = 60;
const latencyMs = 500;
const allowedPerMinute = 300;

/** Replies differ between pages, because the narrator rejects repeated ones. */
async function measure(settings: { requestsPerMinute: number }, perSecond?: number) {
  const fixture = await llmFixture({ latencyMs, ...(perSecond && { perSecond }) }, settings);
  const analyses = Array.from({ length: pageCount }, (_, index) => analysisOf(index + 1));
  const started = performance.now();
  const pages = await fixture.tellChapter(chapterOf(pageCount), analyses);
  const seconds = (performance.now() - started) / 1000;
  const { load, requests } = fixture.fake;
  await fixture.fake.close();
  const notes = pages.flatMap(({ account }) => account.notes).length;
  return { seconds, load, requests: requests.length, notes };
}

const free = await measure({ requestsPerMinute: 0 });
console.log(`${pageCount} pages, replies after ${latencyMs} ms, no rate: ${free.seconds.toFixed(1)} s`);
show('concurrent pages, at most', String(free.load.most), '≥ 4');
show('concurrent calls for one page, at most', String(free.load.mostPerPage), '≤ 1');
show('requests / warnings', `${free.requests} / ${free.notes}`, `${pageCount} / 0`);

const held = await measure({ requestsPerMinute: allowedPerMinute }, allowedPerMinute / 60 + 1);
const share = ((held.requests - 1) / held.seconds / (allowedPerMinute / 60)) * 100;
console.log(`\nthe same with ${allowedPerMinute} requests a minute: ${held.seconds.toFixed(1)} s`);
show('of the allowed rate', `${share.toFixed(1)} %`, '≥ 90 %');
show('requests refused', String(held.load.refused), '0');
if (free.load.most < 4 || free.load.mostPerPage > 1 || share < 90 || held.load.refused > 0)
  process.exitCode = 1;
