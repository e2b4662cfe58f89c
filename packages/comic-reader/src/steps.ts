/** The steps of reading a page, for those who need one of them or measure it. */

export { type DecodedPage, decodePage } from './decode.ts';
export { iou, overlap } from './image/raster.ts';
export { readingOrder } from './order/reading-order.ts';
export { orderDoubt } from './order-doubt.ts';
export { type PagePanels, panelsOf } from './page-panels.ts';
export { type PageLayout, toldOrder } from './told-order.ts';
