/** Languages whose lettering can be read, and the trained data of each: npm's `@tesseract.js-data/<name>`. */
export const trainedData = { vi: 'vie', en: 'eng', ja: 'jpn_vert' } as const;

export type PageLanguage = keyof typeof trainedData;

/** Japanese in comics runs downwards, in columns from the right. */
export const runsDown = (language: PageLanguage) => language === 'ja';

export const pageLanguages = Object.keys(trainedData) as PageLanguage[];

const isPageLanguage = (tag: string): tag is PageLanguage => tag in trainedData;

/** `vi` of `vi-VN`, in lower case. */
const primaryTag = (language: string) => language.toLowerCase().split(/[-_]/)[0] as string;

/** Codes of ISO 639-2 and English names that metadata has where BCP 47 has two letters. */
const OTHER_NAMES: Record<string, string> = {
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

/** The two letters of a language, whichever way it is named. */
function codeOf(language: string): string {
  const named = language.normalize('NFC').toLowerCase().trim();
  return OTHER_NAMES[named] ?? OTHER_NAMES[primaryTag(named)] ?? primaryTag(named);
}

/** Written in Latin letters, so that data of another such language reads most of it. */
const latin =
  /^(af|az|ca|cs|cy|da|de|en|es|et|eu|fi|fil|fr|ga|gl|hr|hu|id|is|it|la|lt|lv|ms|mt|nl|no|nb|nn|pl|pt|ro|sk|sl|sq|sv|sw|tl|tr|vi)$/;

/**
 * The language whose data reads a chapter best. A chapter that does not name its language is read in the first one.
 * @param language BCP 47
 * @param available what a deployment brings along, preferred first
 * @returns null where nothing could read its script, and every word would be false
 */
export function languageToRead(
  language: string | null,
  available: readonly PageLanguage[],
): PageLanguage | null {
  if (!language) return available[0] ?? null;
  const tag = codeOf(language);
  if (isPageLanguage(tag) && available.includes(tag)) return tag;
  if (!latin.test(tag)) return null;
  // English has fewer marks to see where there are none.
  return (['en', 'vi'] as const).find((other) => available.includes(other)) ?? null;
}
