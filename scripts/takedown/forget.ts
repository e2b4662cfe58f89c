import type { ArtifactStore } from '../../aws/artifact-store.ts';
import {
  artifactsOf,
  audiencePrefix,
  cachedFor,
  castKey,
  comparedThumbnailsOf,
  jobOfRecord,
  storyKey,
  videosPrefix,
} from '../../domain/artifacts.ts';
import { chaptersHeldBy, type Job, type JobId, statusesAtWork } from '../../domain/job.ts';
import { type StoryMemory, withoutChapters } from '../../domain/story.ts';
import { type Quotes, quotesOf } from './quotes.ts';

export interface ForgetPorts extends Pick<ArtifactStore, 'findJson'> {
  jobs(): Promise<readonly Job[]>;
  list(prefix: string): AsyncIterable<{ key: string }>;
  /** Deletes up to 1,000 objects. */
  deleteAll(keys: readonly string[]): Promise<void>;
  findStory(mangaId: string): Promise<StoryMemory | undefined>;
  /** Changes the memory of a series, again if a job wrote it in the meantime. */
  changeStory(mangaId: string, change: (memory: StoryMemory) => StoryMemory): Promise<void>;
  exists(key: string): Promise<boolean>;
  putJson(key: string, value: Quotes['objects'][number]['value']): Promise<void>;
  /** Removes fields of a job's record. */
  clear(jobId: JobId, fields: readonly Quoting[]): Promise<void>;
  /** Returns the hashes of the approved notes of a series. */
  approvedNotes(mangaId: string): Promise<string[]>;
  /** Takes the approval of a note back and deletes its text. */
  takeBackNote(mangaId: string, textHash: string): Promise<void>;
  putReasons(jobId: JobId, doubt_reasons: string[]): Promise<void>;
}

/** Fields of a job's record that can quote the work. */
const quoting = [
  'narration_notes',
  'script_notes',
  'doubt_reasons',
  'series_notes',
  'voice_notes',
  'publication_notes',
  'error_message',
  'error_log',
  'limiting_notes',
  'approved_notes',
] as const;
type Quoting = (typeof quoting)[number];

export interface Forgotten {
  objects: number;
  records: number;
  /** Approvals of notes that are taken back. */
  notes: number;
  /** Jobs that still work on it, whose artifacts therefore stay. */
  busy: JobId[];
  /** Objects of other jobs that can quote it and can't be read. */
  unreadable: string[];
}

/** Limit of one DeleteObjects call (S3 API reference). */
const batchSize = 1000;

/**
 * Deletes what the stage keeps of the chapters that are `gone` and of the videos that they are in: artifacts, the sentences and pictures
 * with which later videos are compared, audience records, thumbnails, cached replies and speech, the memory of the story, and what job
 * records quote, also those of other jobs whose video was compared with one of them. It takes back the approved notes of their series. Without `act` it only counts. A repeated call deletes what an interrupted one left.
 */
export async function forget(
  isGone: (chapterId: string) => boolean,
  act: boolean,
  ports: ForgetPorts,
): Promise<Forgotten> {
  const jobs = await ports.jobs();
  const concerned = jobs.filter((job) => chaptersHeldBy(job).some(isGone));
  const [busy, ended] = [concerned.filter(isAtWork), concerned.filter((job) => !isAtWork(job))];
  const { cached, keys } = await keysOf(new Set(ended.map(({ job_id }) => job_id)), ports);

  const series = new Set(concerned.flatMap(({ manga_id }) => manga_id ?? []));
  const stories: string[] = [];
  for (const id of series) {
    const memory = await ports.findStory(id);
    const left = memory && withoutChapters(memory, isGone);
    // A chapter whose job has no record is only in the memory.
    const isTold =
      jobs.some((job) => job.manga_id === id && !chaptersHeldBy(job).every(isGone)) ||
      (left?.story.chapters ?? []).length > 0;
    if (isTold) {
      if (left && JSON.stringify(left) !== JSON.stringify(memory)) stories.push(id);
    } else for (const key of [storyKey(id), castKey(id)]) if (await ports.exists(key)) keys.push(key);
  }
  const notes = await approvalsOf(series, concerned, ports);
  const records = ended
    .map((job) => ({ job, fields: quoting.filter((field) => job[field] !== undefined) }))
    .filter(({ fields }) => fields.length > 0);
  const others = jobs.filter((job) => !concerned.includes(job));
  const quotes = await quotesOf(
    others,
    concerned.flatMap(({ youtube_url, job_id }) => [job_id, youtube_url ?? []].flat()),
    ports,
  );

  if (act) {
    for (const [id, hash] of notes) await ports.takeBackNote(id, hash);
    // What says which objects are cached comes after them, also if S3 refuses one: then the next call finds it.
    for (const some of [cached, keys])
      for (let from = 0; from < some.length; from += batchSize)
        await ports.deleteAll(some.slice(from, from + batchSize));
    for (const id of stories) await ports.changeStory(id, (memory) => withoutChapters(memory, isGone));
    for (const { job, fields } of records) await ports.clear(job.job_id, fields);
    for (const { key, value } of quotes.objects) await ports.putJson(key, value);
    for (const { job, doubt_reasons } of quotes.records) await ports.putReasons(job.job_id, doubt_reasons);
  }
  return {
    objects: cached.length + keys.length + stories.length + quotes.objects.length,
    records: records.length + quotes.records.length,
    notes: notes.length,
    busy: busy.map(({ job_id }) => job_id),
    unreadable: quotes.unreadable,
  };
}

/**
 * Returns the approvals that a takedown of some jobs ends, as series and hash: all of their series, since its rights are in question, and
 * those that could be on their way.
 */
async function approvalsOf(
  series: ReadonlySet<string>,
  jobs: readonly Job[],
  { approvedNotes }: ForgetPorts,
): Promise<[string, string][]> {
  const found: [string, string][] = [];
  for (const id of series) {
    const noted = jobs.filter(({ manga_id }) => manga_id === id).flatMap((job) => job.limiting_notes ?? []);
    const hashes = [...(await approvedNotes(id)), ...noted.flatMap(({ text_hash }) => text_hash ?? [])];
    for (const hash of new Set(hashes)) found.push([id, hash]);
  }
  return found;
}

const isAtWork = ({ status }: Job): boolean => statusesAtWork.has(status);

/** Returns the keys of all objects that belong to some jobs: those that are cached for them, and the others, some of which say so. */
async function keysOf(
  jobs: ReadonlySet<JobId>,
  { list }: ForgetPorts,
): Promise<{ cached: string[]; keys: string[] }> {
  const cached = new Set<string>();
  const keys: string[] = [];
  for (const id of jobs) {
    for (const { prefix, keyOf } of cachedFor(id))
      for await (const { key } of list(prefix)) {
        cached.add(keyOf(key.slice(prefix.length)));
        keys.push(key);
      }
    for (const prefix of [artifactsOf(id).root, comparedThumbnailsOf(id)])
      for await (const { key } of list(prefix)) keys.push(key);
  }
  if (jobs.size > 0)
    for (const prefix of [videosPrefix, audiencePrefix])
      for await (const { key } of list(prefix)) if (jobs.has(jobOfRecord(key))) keys.push(key);
  return { cached: [...cached], keys };
}
