import * as z from 'zod';
import { ContentRating } from './settings.ts';

/** Language code → text. The service is written in PHP: an empty map arrives as an empty list. */
const Localised = z.union([
  z.record(z.string(), z.string()),
  z.array(z.never()).transform((): Record<string, string> => ({})),
]);

/** With `includes[]` a relationship has attributes; people and groups have their names there. */
const Relationship = z.object({
  id: z.guid(),
  type: z.string(),
  attributes: z.object({ name: z.string().nullish() }).nullish(),
});

/** GET /manga/{id} */
export const MangaResponse = z.object({
  result: z.literal('ok'),
  data: z.object({
    id: z.guid(),
    attributes: z.object({
      title: Localised,
      altTitles: z.array(Localised).default([]),
      description: Localised,
      originalLanguage: z.string(),
      contentRating: ContentRating,
      tags: z.array(z.object({ attributes: z.object({ name: Localised }) })).default([]),
    }),
    relationships: z.array(Relationship).default([]),
  }),
});
export type Manga = z.infer<typeof MangaResponse>['data'];

/** One group's upload of a chapter; a chapter can have several. */
export const Release = z.object({
  id: z.guid(),
  attributes: z.object({
    volume: z.string().nullish(),
    chapter: z.string().nullish(),
    title: z.string().nullish(),
    translatedLanguage: z.string(),
    externalUrl: z.string().nullish(),
    isUnavailable: z.boolean().default(false),
    pages: z.number().int().nonnegative(),
    publishAt: z.iso.datetime({ offset: true }),
  }),
  relationships: z.array(Relationship).default([]),
});
export type Release = z.infer<typeof Release>;

/** GET /manga/{id}/feed */
export const FeedResponse = z.object({
  result: z.literal('ok'),
  data: z.array(Release),
  total: z.number().int().nonnegative(),
});

/** GET /chapter/{id} */
export const ChapterResponse = z.object({ result: z.literal('ok'), data: Release });

/** A path segment of a URL; anything that could leave its place there is rejected. */
const segment = z.string().regex(/^[\w-][\w.-]*$/);

/** GET /at-home/server/{chapter}: the image is at `{baseUrl}/data/{hash}/{file}`, or below `data-saver`. */
export const AtHomeResponse = z.object({
  result: z.literal('ok'),
  baseUrl: z.url(),
  chapter: z.object({ hash: segment, data: z.array(segment), dataSaver: z.array(segment) }),
});
export type AtHome = z.infer<typeof AtHomeResponse>;
