/** Input for cutting a webtoon strip into pages. */

export { type Band, bandsOf, isEven, type RowKind, rowKinds } from './panels/even-rows.ts';
export { isStrip } from './panels/strip.ts';
