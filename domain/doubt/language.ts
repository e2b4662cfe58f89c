import type { Chapter } from '../chapter.ts';
import { partOf } from '../chapter-parts.ts';
import type { PageAnalysis } from '../page.ts';
import { limits, type Thresholds } from './limits.ts';
import { pagesText, type Reason } from './reason.ts';

const primary = (tag: string) => tag.toLowerCase().split(/[-_]/)[0] ?? tag;

function nameOf(tag: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'language', fallback: 'code' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** Advice about lettering that only a model can translate. */
const wayOut = 'set narrator: llm, or publish a Vietnamese edition';

/** Consequence for a doubtful chapter, by `onDoubt`. */
const consequences = {
  hold: 'it will be held for you with the reason, before a voice or a machine is used',
  publish: 'it will be published anyway, and the doubt reported',
  fail: 'its job will fail',
} as const;

/**
 * Returns what the language that a source names means before the chapter is read; undefined if nothing is to be expected.
 * The words that are read decide later.
 */
export function languageForecast(
  language: string | null,
  { narrator, onDoubt }: { narrator: string; onDoubt: keyof typeof consequences },
): string | undefined {
  if (narrator !== 'ocr' || (language !== null && primary(language) === 'vi')) return undefined;
  const found =
    language === null
      ? 'Its metadata does not name a language. The narrator ocr speaks Vietnamese lettering only: if this is another,'
      : `Its metadata says that the lettering is ${nameOf(language)}, and the narrator ocr speaks Vietnamese lettering only: unless its pages have none,`;
  return `${found} ${consequences[onDoubt]}. To have it narrated, ${wayOut}.`;
}

/** Language of lettering with square letters, when neither words nor metadata name one. */
const inSquares = 'in squares';
/** BCP 47 for words that are not Vietnamese, of an unknown language. */
const unknown = 'und';

function described(language: string): string {
  if (language === inSquares) return 'Japanese, Chinese, Korean or in another non-Latin script';
  return language === unknown ? 'in another language than Vietnamese' : nameOf(language);
}

/** Returns the language of most words that were read; undefined if none is known. */
function usualLanguage(pages: readonly PageAnalysis[]): string | undefined {
  const words = new Map<string, number>();
  for (const { reading } of pages)
    if (reading?.language && reading.language !== unknown)
      words.set(reading.language, (words.get(reading.language) ?? 0) + reading.words);
  return [...words].sort(([, one], [, other]) => other - one)[0]?.[0];
}

/**
 * Returns doubts about the language of pages whose lettering is spoken as it was read; it has to be Vietnamese. The words that
 * were read decide. Where there are too few, the metadata decides, unless it says Vietnamese and the letters look like another
 * script; without metadata the other pages do.
 * @param all also those that a model told
 */
export function doubtsOfLanguage(
  chapter: Chapter,
  pages: readonly PageAnalysis[],
  all: readonly PageAnalysis[],
  narrator: string,
  { foreignWords }: Pick<Thresholds, 'foreignWords'>,
): Reason[] {
  const byLanguage = new Map<string, { pages: number[]; words: number; area: number }>();
  const usual = usualLanguage(all);
  let [words, area] = [0, 0];
  for (const { number, width, height, reading } of pages) {
    if (!reading || reading.lettering_area === 0) continue;
    words += reading.words;
    area += reading.lettering_area;
    const said = partOf(chapter, number).language;
    const told = said ? primary(said) : usual;
    const isMuch = reading.lettering_area > width * height * limits.leastUnread;
    const looks = reading.square_letters && isMuch && (!told || told === 'vi') ? inSquares : told;
    const language =
      reading.language === unknown && told !== 'vi' ? (told ?? unknown) : (reading.language ?? looks);
    if (!language || language === 'vi') continue;
    const own = byLanguage.get(language) ?? { pages: [], words: 0, area: 0 };
    own.pages.push(number);
    own.words += reading.words;
    own.area += reading.lettering_area;
    byLanguage.set(language, own);
  }
  return [...byLanguage]
    .filter(([, own]) => own.words > words * foreignWords || own.area > area * foreignWords)
    .map(([language, own]) => ({
      kind: 'language',
      pages: own.pages,
      text: `the lettering of ${pagesText(own.pages)} is ${described(language)}, and the narrator ${narrator} ${
        narrator === 'ocr' ? 'speaks Vietnamese lettering only' : 'could only read it out unchanged'
      }: ${wayOut}`,
    }));
}
