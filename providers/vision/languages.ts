/** Languages whose lettering can be read, and the trained data of each: npm's `@tesseract.js-data/<name>`. */
export const trainedData = { vi: 'vie', en: 'eng', ja: 'jpn_vert' } as const;

export type PageLanguage = keyof typeof trainedData;

/** Japanese in comics runs downwards, in columns from the right. */
export const runsDown = (language: PageLanguage) => language === 'ja';

export const pageLanguages = Object.keys(trainedData) as PageLanguage[];

const isPageLanguage = (tag: string): tag is PageLanguage => tag in trainedData;

/** `vi` of `vi-VN`, in lower case. */
export const primaryTag = (language: string) => language.toLowerCase().split(/[-_]/)[0] as string;

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
  const tag = primaryTag(language);
  if (isPageLanguage(tag) && available.includes(tag)) return tag;
  if (!latin.test(tag)) return null;
  // English has fewer marks to see where there are none.
  return (['en', 'vi'] as const).find((other) => available.includes(other)) ?? null;
}
