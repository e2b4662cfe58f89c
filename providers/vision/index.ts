export { createPageReader, type PageReaderOptions } from './local-page-reader.ts';
export type { PageReader, PageToRead } from './page-reader.ts';
