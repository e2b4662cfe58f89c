import { XMLParser } from 'fast-xml-parser';
import type { Credit, ReadingDirection } from '../../../domain/chapter.ts';
import { distinctNotes, type LimitingNote } from '../../../domain/limiting-note.ts';
import { limitingNote } from '../../../domain/republication/limiting-note.ts';
import { forbidsReposting } from '../../../domain/republication.ts';
import { plainNumber } from './chapter-name.ts';
import { documentText } from './document-text.ts';
import { languageTag } from './language-tag.ts';

/** Contents of a ComicInfo.xml; null for missing fields. Schema: Anansi Project, ComicInfo 2.1. */
export interface ComicInfo {
  series: string | null;
  /** Title of the series in the reader's language or letters. */
  localizedSeries: string | null;
  volume: string | null;
  number: string | null;
  /** ComicRack's kind of publication, e.g. `Annual`. */
  format: string | null;
  title: string | null;
  summary: string | null;
  /** BCP 47. */
  language: string | null;
  direction: ReadingDirection;
  ageRating: string | null;
  credits: Credit[];
  licence: string | null;
  /** Texts in it that forbid republication, or do not clearly permit it. */
  limitingNotes: LimitingNote[];
  web: string | null;
  /** Problems of the file, one sentence each. */
  notes: string[];
}

/** Real files have a few kilobytes. */
export const maxInfoBytes = 1024 * 1024;

/** Fields of ComicInfo that name people, with the Vietnamese word for the description. */
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

const cdata = '#cdata';
// References are resolved here and not by the parser: only XML's own five and numeric ones, so that nothing can grow.
const parser = new XMLParser({
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: true,
  cdataPropName: cdata,
  processEntities: false,
});

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  copy: '©',
};

/** Combining marks of HTML's names of letters, such as `eacute`. */
const marks: Readonly<Record<string, string>> = {
  grave: '\u0300',
  acute: '\u0301',
  circ: '\u0302',
  tilde: '\u0303',
  uml: '\u0308',
  ring: '\u030A',
  cedil: '\u0327',
};

function resolved(whole: string, name: string): string {
  if (!name.startsWith('#')) {
    const mark = marks[name.slice(1)];
    return mark ? `${name.slice(0, 1)}${mark}`.normalize('NFC') : (named[name] ?? whole);
  }
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  const isCharacter = code >= 0x20 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : '';
}

const plain = (text: string) => text.replace(/&(#x[\da-f]{1,8}|#\d{1,8}|\w{2,8});/gi, resolved);

/** Returns the text of an element, or of the first of several that has any. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return plain(value);
  if (Array.isArray(value)) return value.map(textOf).find((text) => text.trim()) ?? '';
  if (typeof value !== 'object' || value === null) return '';
  const { '#text': text, [cdata]: raw } = value as Record<string, unknown>;
  const rawText = (Array.isArray(raw) ? raw : [raw]).filter((one) => typeof one === 'string').join('');
  return `${textOf(text)}${rawText}`;
}

interface Fields {
  fields: ReadonlyMap<string, unknown>;
  notes: string[];
}

const bareAmpersand = /&(?!(?:#x[\da-f]+|#\d+|\w+);)/gi;
// Characters that XML does not allow but tools write anyway.
const notXml = /[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]/gu;

/** Escapes ampersands that do not begin a reference, outside CDATA, where they are ordinary characters. */
function escapeAmpersands(text: string): string {
  let result = '';
  let from = 0;
  while (from < text.length) {
    const start = text.indexOf('<![CDATA[', from);
    const end = start === -1 ? -1 : text.indexOf(']]>', start);
    result += text.slice(from, end === -1 ? undefined : start).replace(bareAmpersand, '&amp;');
    if (end === -1) break;
    result += text.slice(start, end + 3);
    from = end + 3;
  }
  return result;
}

/** Returns the elements of the document by their lower-case names. For a broken document, those that can be read. */
function fieldsOf(bytes: Uint8Array, name: string): Fields {
  const none = (reason: string): Fields => ({ fields: new Map(), notes: [`${name} ${reason}`] });
  if (bytes.byteLength > maxInfoBytes) return none('is larger than 1 MiB and is not read');
  const { text, notes } = documentText(bytes, name);
  if (!text.trim()) return none('is empty');
  if (/<!ENTITY|<!DOCTYPE[^>[]{0,500}\[/i.test(text)) return none('declares entities and is not read');
  const fixed = escapeAmpersands(text.replace(notXml, ''));
  if (fixed !== text) notes.push(`${name} has a bare & or a character that XML does not allow`);
  let root: unknown;
  try {
    root = parser.parse(fixed, true);
  } catch (error) {
    notes.push(`${name} is not valid XML: ${(error as Error).message.split('\n')[0]}`);
    root = { ComicInfo: elementsIn(fixed) };
  }
  const top = Object.entries(Object(root)).find(([tag]) => tag.toLowerCase() === 'comicinfo')?.[1];
  if (top === undefined) return none('does not contain a ComicInfo');
  const fields = Object.entries(Object(top)).map(([tag, value]) => [tag.toLowerCase(), value] as const);
  return { fields: new Map(fields), notes };
}

/** Finds elements that contain only text, without a parser. */
const elementsIn = (text: string) =>
  Object.fromEntries(
    [...text.matchAll(/<(\w{1,40})>([^<]{1,20000})<\/\1>/g)].map(([, tag, value]) => [tag, value?.trim()]),
  );

const directions: Readonly<Record<string, ReadingDirection>> = { yesandrighttoleft: 'rtl', no: 'ltr' };

/** Parses a ComicInfo.xml; its notes use `name`. A problem becomes a note and never fails the chapter. */
export function parseComicInfo(bytes: Uint8Array, name: string): ComicInfo {
  const { fields, notes } = fieldsOf(bytes, name);
  const anyText = (field: string) => textOf(fields.get(field.toLowerCase())).normalize('NFC').trim() || null;
  /** Leaves out a text with a character that was lost, so that another source can name it. */
  const text = (field: string) => {
    const value = anyText(field);
    if (!value?.includes('\uFFFD')) return value;
    const note = `${name} has a broken character in ${field}, which is not used: ${value.slice(0, 100)}`;
    if (!notes.includes(note)) notes.push(note);
    return null;
  };
  /** Numbers of the schema are −1 when absent. */
  const number = (field: string) => {
    const value = text(field);
    return value && value !== '-1' ? plainNumber(value) : null;
  };
  const remarks = ['Notes', 'ScanInformation'].map((field) => ({ field, text: anyText(field) }));
  const summary = anyText('Summary');
  const limitingNotes = distinctNotes([
    ...remarks.map(({ field, text }) => limitingNote(text, `${name}: ${field}`)),
    limitingNote(summary, `${name}: Summary`, forbidsReposting),
  ]);
  const licence = remarks.find(
    ({ text }) => text && /licen[cs]e|\bCC[ -]|CC0|©|copyright|public domain|giấy phép/i.test(text),
  );
  const written = text('LanguageISO');
  const language = written && languageTag(written);
  if (written && !language) notes.push(`${name} gives the language as ${written}, which is not a language`);
  const age = text('AgeRating');
  return {
    series: text('Series'),
    localizedSeries: text('LocalizedSeries'),
    volume: number('Volume'),
    number: number('Number'),
    format: text('Format'),
    title: text('Title'),
    summary,
    language,
    direction: directions[text('Manga')?.toLowerCase() ?? ''] ?? 'unknown',
    ageRating: age && !/^(unknown|rating pending)$/i.test(age) ? age : null,
    credits: roles.flatMap(([field, role]) => {
      const person = text(field);
      return person ? [{ role, name: person }] : [];
    }),
    licence: limitingNotes.length > 0 ? null : (licence?.text ?? null),
    limitingNotes,
    web: text('Web'),
    notes,
  };
}
