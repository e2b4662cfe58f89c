import type { Chapter } from '../../../domain/chapter.ts';
import type { Job } from '../../../domain/job.ts';
import type { ChapterSource } from '../../../providers/chapters/chapter-source.ts';
import { pageSizeOf } from '../../../providers/chapters/normalise-page.ts';
import { readyPages } from '../../../providers/chapters/strips/ready-pages.ts';
import type { FetcherPorts } from '../fetcher.ts';

/** The bucket and the table of jobs in memory, which persist between calls. */
export const memoryStore = () => ({
  stored: new Map<string, unknown>(),
  jobs: new Map<string, Partial<Job>>(),
});

/** Returns the ports of a fetcher over a store in memory; every chapter of the source is free. */
export const memoryPorts = (source: ChapterSource, { stored, jobs } = memoryStore()): FetcherPorts => ({
  source,
  readyPages,
  newJobId: () => 'job-made',
  findJob: async (id) => jobs.get(id) as Job | undefined,
  updateJob: async (id, changes) => {
    const kept = Object.entries({ ...jobs.get(id), ...changes }).filter(([, value]) => value !== null);
    jobs.set(id, Object.fromEntries(kept));
  },
  reportProgress: async () => undefined,
  slotDays: async () => new Map(),
  releaseSlots: async () => undefined,
  chaptersPerVideo: 1,
  seriesOrder: 'free',
  severalChannels: false,
  findWishes: async () => undefined,
  release: async () => undefined,
  taken: async () => new Map(),
  claim: async () => true,
  takeSeries: async () => true,
  releaseSeries: async () => undefined,
  findChapter: async (key) => stored.get(key) as Chapter | undefined,
  findPage: async (key) => (stored.has(key) ? pageSizeOf(stored.get(key) as Uint8Array) : undefined),
  putPage: async (key, jpeg) => void stored.set(key, jpeg),
  putChapter: async (key, chapter) => void stored.set(key, chapter),
  wishesOf: async () => ({ channel: 'main', shorts: false, order: 'free', direction: 'unknown' }),
  log: () => undefined,
  now: () => new Date('2026-02-07T10:00:00Z'),
});
