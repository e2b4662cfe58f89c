/** Thrown when a page cannot be decoded; the message names the page and what is wrong with it. */
export class PageUnreadable extends Error {
  override readonly name = 'PageUnreadable';
}
