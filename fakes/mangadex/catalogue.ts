import { createHash } from 'node:crypto';

export interface FakeUpload {
  id: string;
  chapter: string | null;
  language: string;
  pages: readonly Uint8Array[];
  title?: string | null;
  volume?: string | null;
  groups?: readonly { id: string; name: string }[];
  externalUrl?: string | null;
  /** ISO 8601; by default long ago. */
  publishAt?: string;
}

export interface FakeTitle {
  id: string;
  title: Record<string, string>;
  uploads: readonly FakeUpload[];
  altTitles?: readonly Record<string, string>[];
  description?: Record<string, string>;
  originalLanguage?: string;
  contentRating?: 'safe' | 'suggestive' | 'erotica' | 'pornographic';
  tags?: readonly string[];
  author?: string;
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
/** Returns the content of a recompressed page. */
const saverOf = (page: Uint8Array) => Buffer.concat([page, Buffer.from('saver')]);

export const dataFile = (page: Uint8Array, index: number) => `${index + 1}-${sha256(page)}.png`;
const saverFile = (page: Uint8Array, index: number) => `${index + 1}-${sha256(saverOf(page))}.jpg`;

/** Returns the files of an upload by quality and name. */
export function filesOf({ pages }: FakeUpload): Map<string, Uint8Array> {
  return new Map(
    pages.flatMap((page, index): [string, Uint8Array][] => [
      [`data/${dataFile(page, index)}`, page],
      [`data-saver/${saverFile(page, index)}`, saverOf(page)],
    ]),
  );
}

/** Relationships have only ids; attributes are added for the kinds in `includes[]` (docs, reference expansion). */
const expanded = <T extends { type: string; attributes?: object }>(
  relationships: readonly T[],
  includes: string[],
) =>
  relationships.map(({ attributes, ...rest }) => ({
    ...rest,
    ...(attributes && includes.includes(rest.type) && { attributes }),
  }));
const includesOf = (query: URLSearchParams) => query.getAll('includes[]');

export function mangaBody({ id, ...title }: FakeTitle, query: URLSearchParams) {
  return {
    id,
    type: 'manga',
    attributes: {
      title: title.title,
      altTitles: title.altTitles ?? [],
      // PHP writes an empty map as a list.
      description: title.description ?? [],
      isLocked: false,
      links: null,
      originalLanguage: title.originalLanguage ?? 'ja',
      lastChapter: null,
      publicationDemographic: null,
      status: 'ongoing',
      year: null,
      contentRating: title.contentRating ?? 'safe',
      tags: (title.tags ?? []).map((name) => ({
        id: crypto.randomUUID(),
        type: 'tag',
        attributes: { name: { en: name } },
      })),
      state: 'published',
      version: 1,
    },
    relationships: expanded(
      [
        { id: crypto.randomUUID(), type: 'author', attributes: { name: title.author ?? 'An' } },
        { id: crypto.randomUUID(), type: 'artist', attributes: { name: title.author ?? 'An' } },
        { id: crypto.randomUUID(), type: 'cover_art', attributes: { fileName: 'cover.jpg' } },
      ],
      includesOf(query),
    ),
  };
}

export function uploadBody(titleId: string, upload: FakeUpload, query: URLSearchParams) {
  const publishAt = upload.publishAt ?? '2024-01-01T00:00:00+00:00';
  return {
    id: upload.id,
    type: 'chapter',
    attributes: {
      volume: upload.volume ?? null,
      chapter: upload.chapter,
      title: upload.title ?? null,
      translatedLanguage: upload.language,
      externalUrl: upload.externalUrl ?? null,
      isUnavailable: false,
      publishAt,
      readableAt: publishAt,
      createdAt: publishAt,
      updatedAt: publishAt,
      pages: upload.externalUrl ? 0 : upload.pages.length,
      version: 1,
    },
    relationships: expanded(
      [
        ...(upload.groups ?? []).map(({ id, name }) => ({
          id,
          type: 'scanlation_group',
          attributes: { name },
        })),
        { id: titleId, type: 'manga', attributes: {} },
        { id: crypto.randomUUID(), type: 'user', attributes: { username: 'an' } },
      ],
      includesOf(query),
    ),
  };
}

/** Size of a page of a collection, and the last reachable item (docs, 3-enumerations and the feed's limits). */
const pageOf = (query: URLSearchParams) => ({
  limit: Number(query.get('limit') ?? 100),
  offset: Number(query.get('offset') ?? 0),
});
export function pagingProblem(query: URLSearchParams): string | undefined {
  const { limit, offset } = pageOf(query);
  if (!(limit >= 0 && limit <= 500)) return 'limit: the value must be between 0 and 500';
  return offset + limit > 10_000 ? 'Result window is too large: offset + limit is over 10000' : undefined;
}

/** Returns the uploads of a title, filtered and paged by the feed's query. */
export function feedBody(title: FakeTitle, query: URLSearchParams, now: number) {
  const { limit, offset } = pageOf(query);
  const languages = query.getAll('translatedLanguage[]');
  const ratings = query.getAll('contentRating[]');
  const allowed = ratings.length > 0 ? ratings : ['safe', 'suggestive', 'erotica'];
  const found = title.uploads
    .filter(({ language }) => languages.length === 0 || languages.includes(language))
    .filter(() => allowed.includes(title.contentRating ?? 'safe'))
    .filter(
      ({ publishAt }) =>
        !publishAt || query.get('includeFuturePublishAt') !== '0' || Date.parse(publishAt) <= now,
    );
  const data = found.slice(offset, offset + limit).map((upload) => uploadBody(title.id, upload, query));
  return { result: 'ok', response: 'collection', data, limit, offset, total: found.length };
}
