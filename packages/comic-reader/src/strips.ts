/** What cutting a webtoon strip into pages needs. */

export { type Band, bandsOf, type RowKind, rowKinds } from './even-rows.ts';
export { isStrip } from './strip.ts';
