/** Languages that can be read, with the trained data of each: npm's `@tesseract.js-data/<name>`. */
export const trainedData = { vi: 'vie', en: 'eng', ja: 'jpn_vert' } as const;

export type PageLanguage = keyof typeof trainedData;

/** Returns whether lettering is vertical, in columns from the right, like Japanese in comics. */
export const runsDown = (language: PageLanguage) => language === 'ja';

export const pageLanguages = Object.keys(trainedData) as PageLanguage[];

const isPageLanguage = (tag: string): tag is PageLanguage => tag in trainedData;

/** Returns `vi` of `vi-VN`, in lower case. */
const primaryTag = (language: string) => language.toLowerCase().split(/[-_]/)[0] as string;

/** Names of languages in metadata that are not BCP 47: codes of ISO 639-2 and English names. */
const otherNames: Record<string, string> = {
  vie: 'vi',
  vietnamese: 'vi',
  'tiếng việt': 'vi',
  eng: 'en',
  english: 'en',
  jpn: 'ja',
  japanese: 'ja',
  fre: 'fr',
  fra: 'fr',
  french: 'fr',
  ger: 'de',
  deu: 'de',
  german: 'de',
  spa: 'es',
  spanish: 'es',
  ita: 'it',
  italian: 'it',
  por: 'pt',
  portuguese: 'pt',
  ind: 'id',
  indonesian: 'id',
};

/** Returns the two-letter code of a language, however it is named. */
function codeOf(language: string): string {
  const named = language.normalize('NFC').toLowerCase().trim();
  return otherNames[named] ?? otherNames[primaryTag(named)] ?? primaryTag(named);
}

/** Languages in Latin letters: the data of another one reads most of it. */
const latin =
  /^(af|az|ca|cs|cy|da|de|en|es|et|eu|fi|fil|fr|ga|gl|hr|hu|id|is|it|la|lt|lv|ms|mt|nl|no|nb|nn|pl|pt|ro|sk|sl|sq|sv|sw|tl|tr|vi)$/;

/**
 * Returns the language whose data reads a chapter best; the first one if the chapter does not name its language.
 * @param language BCP 47
 * @param available languages with data, preferred first
 * @returns null if no data can read the script, and every word would be false
 */
export function languageToRead(
  language: string | null,
  available: readonly PageLanguage[],
): PageLanguage | null {
  if (!language) return available[0] ?? null;
  const tag = codeOf(language);
  if (isPageLanguage(tag) && available.includes(tag)) return tag;
  if (!latin.test(tag)) return null;
  // English first: its data cannot read marks that are not there.
  return (['en', 'vi'] as const).find((other) => available.includes(other)) ?? null;
}
