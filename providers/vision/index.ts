export { createPageReader } from './local-page-reader.ts';
