/**
 * From where on a chapter is doubtful: all thresholds of the verdict. docs/doubt.md says how they were calibrated, and
 * `make bench WHAT=doubt` prints what they let pass and what they hold. Shares are from 0 to 1.
 */
export const limits = {
  /**
   * Of the chapter's words: those that are probably wrong, by `wrongOfUncertain`. A chapter is right with less than 2 % wrong
   * words and wrong with more than 5 %; this is the middle.
   */
  wrongWords: 0.035,
  /**
   * Of words that are spoken and were read without certainty: those that are wrong. An estimate: of 291 such words on drawn and
   * spoilt pages 43 were wrong, counted page by page, and right words of other pages make up for some. Lost words all are.
   */
  wrongOfUncertain: 0.1,
  /** Of a page's words: those that are uncertain or left out, which a long chapter would hide. */
  uncertainWordsOfPage: 0.3,
  /** Of the chapter's area of lettering: what gave no words. Art can look like lettering: pages that are read right have up to 0.28. */
  unreadLettering: 0.3,
  /** The same of one page. */
  unreadLetteringOfPage: 0.5,
  /** Of a page's area: less that looks like lettering is found in the art of silent pages as well. */
  leastUnread: 0.003,
  /** Of the lines in bubbles that were read: those that gave no words. Single ones are the foot of a letter or a stroke. */
  unreadLines: 0.04,
  fewLines: 2,
  /** `sharpness` of a page: scans and paintings have 0.6 and more; at half of that no lettering is found. */
  sharpness: 0.4,
  /** Of the chapter's spoken bubbles: those that may be signs, which nobody says. Pages without signs have hardly any. */
  unsureSigns: 0.1,
  /** Fewer such bubbles change no story, however few others there are. */
  fewSigns: 2,
  /** `panel_doubt` and `order_doubt` of one page: a single page told out of order is a mistake that everybody sees. */
  panelDoubt: 0.5,
  orderDoubt: 0.5,
  /** Of the chapter's words: those on pages that are lettered in a language that the narrator can't speak. */
  foreignWords: 0.05,
  /** Words or bubbles below this are too few to judge a page by. */
  fewWords: 8,
  /** Share of the chapter's spoken bubbles that are outside of all panels; titles and asides often are, and are read anyway. */
  looseBubbles: 0.25,
};
