import fc from 'fast-check';
import { parseBlocklist } from '../../../providers/chapters/blocklist.ts';
import {
  AtHomeResponse,
  ChapterResponse,
  FeedResponse,
  MangaResponse,
} from '../../../providers/chapters/mangadex/responses.ts';
import type { YouTubeApi } from '../../../providers/publishers/youtube/api.ts';
import { forOperator, readApiError } from '../../../providers/publishers/youtube/api-error.ts';
import { findVideo } from '../../../providers/publishers/youtube/find-video.ts';
import { ownChannel } from '../../../providers/publishers/youtube/own-channel.ts';
import { videoIdOf } from '../../../providers/publishers/youtube/unpublish.ts';
import { refusedBy, type Target, target } from '../target.ts';

const id = '0f4c9b2e-0f6b-4c8e-9a55-2f7f3c1d8f10';
const odd = fc.oneof(
  fc.constantFrom(id, '..', '../x', 'a/b', '', -1, 1e308, null),
  fc.anything({ maxDepth: 2 }),
);
const answer = fc.record(
  {
    result: fc.constantFrom('ok', 'error'),
    baseUrl: fc.oneof(
      fc.webUrl(),
      fc.constantFrom('http://169.254.169.254/', 'file:///etc', 'javascript:1'),
      odd,
    ),
    total: odd,
    chapter: fc.record({ hash: odd, data: fc.array(odd), dataSaver: fc.array(odd) }),
    data: fc.oneof(odd, fc.array(fc.record({ id: odd, attributes: fc.anything(), relationships: odd }))),
    error: fc.oneof(odd, fc.record({ message: odd, errors: fc.array(fc.record({ reason: odd })) })),
  },
  { requiredKeys: ['result'] },
);

/** Attacks the readers of MangaDex's and YouTube's responses: parts of a path stay parts; errors have a message. */
export async function catalogue(): Promise<Target> {
  return target(fc.oneof(answer, fc.anything({ maxDepth: 4 })), async (given) => {
    for (const schema of [MangaResponse, FeedResponse, ChapterResponse]) schema.safeParse(given);
    const home = AtHomeResponse.safeParse(given).data;
    const parts = home ? [home.chapter.hash, ...home.chapter.data, ...home.chapter.dataSaver] : [];
    if (parts.some((part) => /[/\\?#]|^\.\.?$/.test(part))) throw new Error(`leaves its path: ${parts}`);
    await refusedBy(['ConfigurationError'], () => parseBlocklist(given));
    const body = JSON.stringify(given, (_, one) => (typeof one === 'bigint' ? `${one}` : one)) ?? '';
    const error = forOperator(await readApiError('videos.insert', new Response(body, { status: 403 })));
    if (!error.message || error.message.length > 1000) throw new Error('an error without a message');
    const api = { call: async () => ({ body: given }) } as unknown as YouTubeApi;
    await refusedBy(['ZodError'], () => findVideo(api, () => ownChannel(api), 'job-fuzzed'));
    if (!/^[\w-]*$/.test(videoIdOf(body) ?? '')) throw new Error(`video ${videoIdOf(body)}`);
  });
}
