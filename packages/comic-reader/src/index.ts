/** Reads a page of a comic: its panels, their order, and the lettering in them. */

export { createPageReader, directionOf, type PageReaderOptions, tesseracts } from './local-page-reader.ts';
export type { KnownDirection, ReadingDirection } from './page/direction.ts';
export {
  type Box,
  type Bubble,
  isSaid,
  type PageAnalysis,
  type PageReading,
  type Panel,
  type UnreadLettering,
} from './page/page.ts';
export { PageUnreadable } from './page/page-unreadable.ts';
export type { PageReader, PageToRead } from './page-reader.ts';
export type { RecognizedWord } from './reading/hocr.ts';
export { languageToRead, type PageLanguage, pageLanguages, trainedData } from './reading/languages.ts';
export type { Recognizer } from './reading/recognizer.ts';
export type { TextDetector } from './reading/text-detector.ts';
