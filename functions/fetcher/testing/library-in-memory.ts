import type { TakenChapter } from '../../../aws/chapter-ledger.ts';
import type { ChapterMetadata } from '../../../domain/chapter.ts';
import type { LogLine } from '../../../domain/log.ts';
import type { ChapterListing, ChapterSource } from '../../../providers/chapters/chapter-source.ts';
import type { FetcherPorts } from '../fetcher.ts';
import { memoryPorts, memoryStore } from './memory-ports.ts';

const metadataOf = (chapter_id: string): ChapterMetadata => ({
  chapter_id,
  manga_id: 'sample',
  manga_title: 'Sample Manga',
  number: '1',
  title: null,
  summary: null,
  language: 'vi',
  reading_direction: 'rtl',
  credits: [],
  licence: null,
  source: { name: 'library', url: null },
});

/** Returns what the ledger says of a chapter with an owner: it failed, or another job has published it. */
export const stateOf = (owner: string): Pick<TakenChapter, 'status' | 'isOut'> =>
  owner === 'failed' ? { status: 'failed', isOut: false } : { status: 'published', isOut: true };

/** Returns a library of chapters with two pages each, and tables that persist between calls. */
export function libraryInMemory(chapterIds: string[], published: string[] = [], chaptersPerVideo = 1) {
  const owners = new Map(published.map((id) => [id, 'published']));
  const store = memoryStore();
  const read: string[] = [];
  const released: string[] = [];
  const claims: string[] = [];
  const lines: LogLine[] = [];
  let made = 0;
  const source: ChapterSource = {
    name: 'library',
    async *list() {
      for (const chapter_id of chapterIds) yield { chapter_id, series: chapter_id.split('/')[0] ?? '' };
    },
    withChapter: (id, use) =>
      use({
        metadata: metadataOf(id),
        pageCount: 2,
        async *pages(from = 1) {
          for (const page of ['1', '2'].slice(from - 1)) {
            read.push(`${id}/${page}`);
            yield { name: `${id}/${page}.png`, image: Buffer.from(page) };
          }
        },
      }),
  };
  const ports: FetcherPorts = {
    ...memoryPorts(source, store),
    newJobId: () => `job-made-${++made}`,
    log: (line) => void lines.push(line),
    slotDays: async () => new Map([['main', '2026-02-06']]),
    releaseSlots: async (id, except) => {
      if (except === undefined) released.push(id);
    },
    chaptersPerVideo,
    release: async (chapterId) => {
      owners.delete(chapterId);
    },
    taken: async (jobId) =>
      new Map(
        [...owners]
          .filter(([, owner]) => owner !== jobId)
          .map(([id, owner]) => [id, { file: undefined, ...stateOf(owner) }]),
      ),
    claim: async (chapterId, jobId) => {
      claims.push(chapterId);
      const owner = owners.get(chapterId) ?? jobId;
      if (owner === jobId) owners.set(chapterId, jobId);
      return owner === jobId;
    },
    readyPages: async function* (source) {
      for await (const { image } of source) yield { jpeg: image, width: 1200, height: 1700, files: 1 };
    },
    findPage: async (key) => (store.stored.has(key) ? { width: 1200, height: 1700 } : undefined),
  };
  return { ...store, owners, read, released, claims, lines, ports };
}

/** Returns ports whose source also lists these facts of each chapter. */
export const listedWith = (
  ports: FetcherPorts,
  facts: (chapterId: string) => Partial<ChapterListing>,
): FetcherPorts => ({
  ...ports,
  source: {
    ...ports.source,
    async *list() {
      for await (const one of ports.source.list()) yield { ...one, ...facts(one.chapter_id) };
    },
  },
});
