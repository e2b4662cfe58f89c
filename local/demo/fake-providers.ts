import { randomBytes } from 'node:crypto';
import type { Config } from '../../config/settings/index.ts';
import { startFakeLlm } from '../../fakes/llm/server.ts';
import { startFakeMangaDex } from '../../fakes/mangadex/mangadex.ts';
import { FakeAzure } from '../../fakes/voices/azure.ts';
import { FakeEdge } from '../../fakes/voices/edge.ts';
import { type FakeYouTube, startFakeYouTube } from '../../fakes/youtube/youtube.ts';
import type { ChapterSource } from '../../providers/chapters/chapter-source.ts';
import { createChapterSource } from '../../providers/chapters/index.ts';
import { findFfmpeg } from '../../providers/media/find-media-binary.ts';
import { memoryRateLimiter } from '../../providers/retry/rate-limiter.ts';
import type { BadDay } from './bad-day.ts';

/** The title of the fake MangaDex and its chapter; constant, so that an interrupted run can continue. */
const titleId = '5c1f6c3e-7f0b-4a39-9d58-2f1d6e0a7b11';
const uploadId = 'b3a4f7d2-0c55-4be1-8a64-91d0c1e2f3a4';
const groupId = '0f6b8e9a-3a72-4e0c-b3f5-6d7c8b9a0e1f';
const mostKept = 1024 ** 3;

export interface FakeProviders {
  settings: Partial<Config>;
  /** Source of the chapter of the fake MangaDex. */
  source: ChapterSource;
  /** The secrets that an operator would store with `make secrets SET=…`. */
  secrets: Record<'youtube' | 'llm' | 'voice', object>;
  youtube: FakeYouTube;
  /** The requests of each service, in one line. */
  account(): string;
  stop(): Promise<void>;
}

/**
 * Starts MangaDex, a language model, Edge's voices (backed by Azure's) and YouTube as servers on this machine. In
 * hostile mode each shows its possible faults.
 */
export async function startFakeProviders(
  chapterPath: string,
  local: ChapterSource,
  bad?: BadDay,
): Promise<FakeProviders> {
  const ffmpeg = await findFfmpeg(undefined);
  const secret = () => randomBytes(16).toString('hex');
  const mangadex = await startFakeMangaDex({ titles: [await titleAt(chapterPath, local)] });
  const llm = await startFakeLlm({ key: `sk-${secret()}`, ...bad?.llm });
  const edge = await FakeEdge.start({ ffmpeg, ...bad?.edge });
  const azure = await FakeAzure.start({ ffmpeg, key: secret() });
  const youtube = await startFakeYouTube({ keptBytes: mostKept, ...bad?.youtube });
  bad?.spoil(mangadex.faults, mangadex.dead);
  const settings = {
    ...{ chapterSource: 'mangadex', mangadexTitles: [titleId], mangadexContact: 'demo@example.org' },
    mangadexRights: 'The demo holds the rights to its own sample chapter',
    mangadexUrl: mangadex.settings.apiUrl,
    mangadexReportUrl: mangadex.settings.reportUrl,
    mangadexAllowLoopback: true,
    ...{ narrator: 'llm', llmService: 'compatible', llmBaseUrl: llm.baseUrl, llmModel: llm.model },
    ...{ voice: ['edge', 'azure'], voiceEdgeEndpoint: edge.endpoint, voiceAzureEndpoint: azure.endpoint },
    ...{ publisher: 'youtube', youtubeEndpoint: youtube.origin },
  } as const satisfies Partial<Config>;
  return {
    settings,
    source: await mangadexAt(settings),
    secrets: {
      youtube: youtube.secret,
      llm: { api_key: llm.key },
      voice: { api_key: azure.key, region: 'southeastasia' },
    },
    youtube,
    account: () =>
      [
        `MangaDex ${mangadex.seen.length} requests, ${mangadex.reports.length} reports`,
        `language model ${llm.requests.length} requests, ${llm.tokens.in + llm.tokens.out} tokens`,
        `Edge ${edge.spoken.length} utterances`,
        `YouTube ${youtube.calls.length} calls, ${youtube.sessions.bytesSent} bytes`,
        ...(bad ? [`a bad day: ${bad.account()}`] : []),
      ].join('; '),
    stop: async () => {
      await Promise.all([mangadex.stop(), llm.close(), edge.stop(), azure.stop(), youtube.close()]);
    },
  };
}

async function firstOf(source: ChapterSource, path: string): Promise<string> {
  for await (const { chapter_id } of source.list()) return chapter_id;
  throw new Error(`${path} does not contain a chapter`);
}

/** Returns the chapter on disk in MangaDex's format. */
async function titleAt(path: string, source: ChapterSource) {
  return source.withChapter(await firstOf(source, path), async ({ metadata, pages }) => {
    const images: Uint8Array[] = [];
    for await (const { image } of pages()) images.push(image);
    const upload = {
      ...{ id: uploadId, language: 'vi', chapter: metadata.number ?? '1', title: metadata.title },
      ...{ pages: images, groups: [{ id: groupId, name: 'Nhóm dịch mẫu' }] },
    };
    return {
      ...{ id: titleId, title: { vi: metadata.manga_title }, uploads: [upload] },
      // MangaDex has no field for the direction: works from Japan are read from the right.
      originalLanguage: metadata.reading_direction === 'rtl' ? 'ja' : 'vi',
      ...(metadata.summary && { description: { vi: metadata.summary } }),
      author: metadata.credits[0]?.name ?? 'An',
    };
  });
}

function mangadexAt(
  settings: Pick<Config, 'mangadexUrl' | 'mangadexReportUrl' | 'mangadexContact' | 'mangadexRights'>,
) {
  return createChapterSource('mangadex', {
    log: (line) => console.warn(JSON.stringify(line)),
    library: '',
    bucketFiles: () => {
      throw new Error('The fakes have no bucket');
    },
    mangadex: {
      settings: {
        titles: [titleId],
        rightsStatement: settings.mangadexRights,
        contact: settings.mangadexContact,
        apiUrl: settings.mangadexUrl,
        reportUrl: settings.mangadexReportUrl,
        allowLoopback: true,
      },
      limiters: { requests: memoryRateLimiter(205), atHome: memoryRateLimiter(1540) },
    },
  });
}
