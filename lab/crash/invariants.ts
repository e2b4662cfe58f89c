import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pipelineResources } from '../../local/pipeline.ts';
import { pipelineRecords } from '../../local/records.ts';
import type { CrashEnvironment } from './environment.ts';
import type { Point } from './point.ts';

/** The state before a job, to distinguish what the job itself left. */
export interface Before {
  requests: number;
  spoken: number;
  uploads: number;
}
export const lookBefore = ({ providers: { llm, edge, youtube } }: CrashEnvironment): Before => ({
  requests: llm.requests.length,
  spoken: edge.spoken.length,
  uploads: youtube.sessions.opened,
});

/** Checks everything that must hold after a job, however often it was stopped. Returns the broken invariants. */
export async function brokenInvariants(
  environment: CrashEnvironment,
  chapterIds: readonly string[],
  reached: readonly Point[],
  before: Before,
): Promise<string[]> {
  const { endpoint } = await environment.cloud();
  const { jobs, chapters, days, machines, keys } = pipelineRecords({
    ...{ endpoint, region: 'us-east-1', resources: pipelineResources('us-east-1') },
  });
  const broken: string[] = [];
  const expect = (holds: boolean, what: string) => void (holds || broken.push(what));

  const ledger = await chapters();
  const all = await jobs();
  const published = ledger.filter(({ status }) => status === 'published');
  const publications = publicationsIn(environment);
  for (const chapterId of chapterIds) {
    const mine = ledger.find(({ chapter_id }) => chapter_id === chapterId);
    const job = all.find(({ job_id }) => job_id === mine?.job_id);
    expect(
      mine?.status === 'published',
      `the chapter is ${mine?.status ?? 'unclaimed'}, its job ${job?.status} (${job?.error_name}: ${job?.error_message})`,
    );
    expect(job?.status === 'published' && !!job.published_at, `the job of the chapter is ${job?.status}`);
    expect(!job?.error_name, `the job has the error ${job?.error_name}`);
    expect(publications.includes(mine?.job_id ?? ''), 'the chapter is not published at all');
  }
  const held = ledger.filter(({ status }) => status === 'claimed');
  expect(held.length === 0, `chapters are still claimed: ${held.map(({ chapter_id }) => chapter_id)}`);
  const others = all.filter(({ status }) => status !== 'published');
  expect(
    others.length === 0,
    `jobs that are not published: ${others.map(({ job_id, status }) => `${job_id} ${status}`)}`,
  );

  const twice = publications.filter((id, index) => publications.indexOf(id) !== index);
  expect(twice.length === 0, `published twice: ${twice}`);
  expect(
    publications.length === published.length,
    `${publications.length} publications of ${published.length} chapters`,
  );

  const quota = await days();
  const sum = (field: 'count' | 'slots') => quota.reduce((total, day) => total + day[field], 0);
  expect(sum('count') === published.length, `${sum('count')} counted of ${published.length} published`);
  expect(sum('slots') === published.length, `${sum('slots')} slots are taken by ${published.length} videos`);

  const left = await keys('jobs/');
  expect(left.length === 0, `orphan artifacts: ${left}`);
  const up = environment.instances().filter(({ state }) => !['terminated', 'stopped'].includes(state));
  expect(up.length === 0, `machines are up: ${up.map(({ id, state }) => `${id} ${state}`)}`);
  const disks = environment.disks();
  expect(disks.length === 0, `disks of machines are left: ${disks}`);
  const processes = environment.processes();
  expect(processes.length === 0, `processes of machines are left: ${processes}`);
  const items = await machines();
  expect(items.length === 0, `items of machines are left: ${JSON.stringify(items)}`);
  broken.push(...payments(environment, chapterIds.length, reached, before));
  return broken;
}

/** Returns the jobs of all published videos, one entry per video. */
function publicationsIn({ publisher, folder, providers: { youtube } }: CrashEnvironment): string[] {
  if (publisher === 'youtube')
    return youtube.channel.videos.flatMap(
      ({ snippet }) => snippet.tags.find((tag) => tag.startsWith('job-')) ?? 'an unknown job',
    );
  const out = join(folder, 'out');
  return existsSync(out) ? readdirSync(out).filter((name) => name.startsWith('job-')) : [];
}

/** Names the page of a chapter that a request is about; one about the whole chapter by its text. */
function pageOf({ body, page, repair }: CrashEnvironment['providers']['llm']['requests'][number]): string {
  const asked = JSON.stringify(body.messages);
  if (page === 0) return asked;
  const chapter = [...asked.matchAll(/(?:truyen|chuong)\\*":\s*\\*"([^"\\]*)/g)].map(([, name]) => name);
  return `${chapter.slice(0, 2).join(' ')} ${page} ${repair}`;
}

/** Checks payments: only a response whose receiver was killed is lost; nothing else is paid for twice. */
function payments(
  { providers, publisher }: CrashEnvironment,
  videos: number,
  reached: readonly Point[],
  before: Before,
): string[] {
  const { llm, edge, youtube } = providers;
  const stopsOf = (name: string) => reached.filter(({ caller }) => caller === name).length;
  const repeats = (all: readonly string[]) => all.length - new Set(all).size;
  const broken: string[] = [];
  const told = repeats(llm.requests.slice(before.requests).map(pageOf));
  if (told > stopsOf('scriptgen')) broken.push(`the language model was paid for ${told} pages again`);
  const said = repeats(edge.spoken.slice(before.spoken).map(({ text }) => text));
  // As many sentences can be pending as the voice accepts concurrently.
  if (said > 4 * stopsOf('ttsgen')) broken.push(`the voice spoke ${said} sentences again`);
  if (publisher === 'folder') return broken;
  const uploads = youtube.sessions.opened - before.uploads;
  if (uploads > videos + stopsOf('uploader'))
    broken.push(`${uploads} uploads were started for ${videos} videos`);
  const captioned = youtube.channel.videos.filter(({ captions }) => captions.length !== 1);
  if (captioned.length > 0) broken.push(`videos without their captions: ${captioned.map(({ id }) => id)}`);
  const listed = youtube.channel.playlists.flatMap(({ videoIds }) => videoIds);
  if (repeats(listed) > 0) broken.push('a video is in its playlist twice');
  if (repeats(youtube.channel.playlists.map(({ title }) => title)) > 0)
    broken.push('a playlist was made twice');
  return broken;
}
