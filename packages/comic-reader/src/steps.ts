/** The steps of reading a page, for those who need one of them or measure it. */

export { type DecodedPage, decodePage } from './decode.ts';
export { iou, overlap } from './image/raster.ts';
export { orderDoubt } from './order/order-doubt.ts';
export { readingOrder } from './order/reading-order.ts';
export { type PageLayout, toldOrder } from './order/told-order.ts';
export { type PagePanels, panelsOf } from './page-panels.ts';
