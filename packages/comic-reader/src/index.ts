/** Reads a page of a comic: its panels, their order, and the lettering in them. */

export type { KnownDirection, ReadingDirection } from './direction.ts';
export type { RecognizedWord } from './hocr.ts';
export { languageToRead, type PageLanguage, pageLanguages, trainedData } from './languages.ts';
export { createPageReader, directionOf, type PageReaderOptions, tesseracts } from './local-page-reader.ts';
export { type Box, type Bubble, isSaid, type PageAnalysis, type PageReading, type Panel } from './page.ts';
export type { PageReader, PageToRead } from './page-reader.ts';
export { PageUnreadable } from './page-unreadable.ts';
export type { Recognizer } from './recognizer.ts';
