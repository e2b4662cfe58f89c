/**
 * Thresholds from which a chapter is doubtful. docs/doubt.md says how they were calibrated, and `make bench WHAT=doubt` prints
 * what they pass and hold. Shares are from 0 to 1.
 */
export const limits = {
  /**
   * Share of the chapter's words that are expected to be wrong or missing. A chapter is right with less than 2 % of them and
   * wrong with more than 5 %; this is the middle.
   */
  wrongWords: 0.035,
  /** Share of the words without a trace of doubt that are wrong or missing anyway, as counted on the pages of `dev`. */
  unnoticed: 0.007,
  /** Share of a page's words that are expected to be wrong or missing. With one in five a page can't be understood. */
  wrongWordsOfPage: 0.2,
  /**
   * Share of the chapter's lettering, by area, that gave no words. Art can look like lettering: pages read correctly
   * have up to 0.28.
   */
  unreadLettering: 0.3,
  /** The same for one page. */
  unreadLetteringOfPage: 0.5,
  /** Share of a page's area. Art on silent pages can look like less lettering than this. */
  leastUnread: 0.003,
  /**
   * Share of the lines that gave no words, in bubbles that were read. A single one is the foot of a letter or a stroke.
   */
  unreadLines: 0.04,
  fewLines: 2,
  /** `sharpness` of a page. Scans and paintings have 0.6 and more; at half of that no lettering is found. */
  sharpness: 0.4,
  /**
   * Share of the chapter's spoken bubbles that could be signs, which are not spoken. Pages without signs have hardly
   * any.
   */
  unsureSigns: 0.1,
  /** Fewer such bubbles do not change a story, however few others there are. */
  fewSigns: 2,
  /** `panel_doubt` of one page: every viewer notices a page that is told out of order. */
  panelDoubt: 0.5,
  /**
   * `order_doubt` of one page. With true boxes of `dev` moved by up to a tenth of their size, 20 of 1,668 orders with less doubt
   * were wrong, 15 of 89 from 0.5 on and 23 of 73 from 0.75 on: too many to publish without a check.
   */
  orderDoubt: 0.5,
  /** Share of the chapter's words that are on pages in a language that the narrator can't speak. */
  foreignWords: 0.05,
  /** With fewer words or bubbles than this a page can't be judged. */
  fewWords: 8,
  /**
   * Share of the chapter's spoken bubbles that are outside all panels. Titles and asides often are, and are read
   * anyway.
   */
  looseBubbles: 0.25,
};
