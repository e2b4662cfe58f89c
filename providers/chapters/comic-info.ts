import { XMLParser } from 'fast-xml-parser';
import type { Credit, ReadingDirection } from '../../domain/chapter.ts';
import { ChapterUnreadable } from '../../domain/errors.ts';

/** What a ComicInfo.xml says of a chapter; null where it says nothing. Schema: Anansi Project, ComicInfo 2.1. */
export interface ComicInfo {
  series: string | null;
  number: string | null;
  title: string | null;
  summary: string | null;
  language: string | null;
  direction: ReadingDirection;
  credits: Credit[];
  licence: string | null;
  web: string | null;
}

export const comicInfoName = 'ComicInfo.xml';

/** A real one has a few kilobytes. */
const maxBytes = 1024 * 1024;

/** Fields of ComicInfo that name people, with the word that a Vietnamese description uses. */
const roles: readonly (readonly [string, string])[] = [
  ['Writer', 'Kịch bản'],
  ['Penciller', 'Tranh'],
  ['Inker', 'Đi nét'],
  ['Colorist', 'Tô màu'],
  ['Letterer', 'Chữ'],
  ['CoverArtist', 'Bìa'],
  ['Editor', 'Biên tập'],
  ['Translator', 'Dịch'],
  ['Publisher', 'Phát hành'],
];

// Entities other than XML's own five are never expanded, so a document can't grow by them.
const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: true,
  processEntities: {
    enabled: true,
    maxTotalExpansions: 10_000,
    maxExpandedLength: maxBytes,
    maxEntityCount: 0,
  },
});

/** Reads a ComicInfo.xml. `name` is for the message of the ChapterUnreadable that a broken one throws. */
export function parseComicInfo(bytes: Uint8Array, name: string): ComicInfo {
  if (bytes.byteLength > maxBytes) throw new ChapterUnreadable(`${name} is larger than 1 MiB`);
  let fields: Record<string, unknown>;
  try {
    const root: unknown = parser.parse(
      Buffer.from(bytes)
        .toString('utf8')
        .replace(/^\uFEFF/, ''),
      true,
    );
    fields = (root as { ComicInfo?: Record<string, unknown> }).ComicInfo ?? {};
  } catch (cause) {
    throw new ChapterUnreadable(`${name} is no valid XML: ${(cause as Error).message}`, { cause });
  }
  const text = (field: string) => {
    const value = fields[field];
    return typeof value === 'string' && value.trim() ? value.normalize('NFC').trim() : null;
  };
  const manga = text('Manga');
  const notes = text('Notes');
  return {
    series: text('Series'),
    number: text('Number'),
    title: text('Title'),
    summary: text('Summary'),
    language: text('LanguageISO'),
    direction: manga === 'YesAndRightToLeft' ? 'rtl' : manga === 'No' ? 'ltr' : 'unknown',
    credits: roles.flatMap(([field, role]) => {
      const name = text(field);
      return name ? [{ role, name }] : [];
    }),
    licence: notes && /licen[cs]e|CC |CC0|©|copyright|public domain/i.test(notes) ? notes : null,
    web: text('Web'),
  };
}
