/** The steps of reading a page, for those who need one of them or measure it. */

export { bubbleOrder } from './bubble-order.ts';
export { type DecodedPage, decodePage } from './decode.ts';
export { type PagePanels, panelsOf } from './page-panels.ts';
export { iou, overlap } from './raster.ts';
export { type ReadingOrder, readingOrder } from './reading-order.ts';
