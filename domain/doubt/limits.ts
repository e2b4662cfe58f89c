/**
 * Thresholds from which a chapter is doubtful. ADR 0061 says how those about words were calibrated, and `make bench WHAT=doubt`
 * prints what they pass and hold. Shares are from 0 to 1.
 */
export const limits = {
  /**
   * Share of the chapter's words that are expected to be wrong or missing. A chapter is right with less than 2 % of them and
   * wrong with more than 5 %; this is the geometric mean of the two.
   */
  wrongWords: 0.032,
  /**
   * Number of words that are wrong or missing for each that was left out: where two are, about another one is misread or missing
   * without a trace. Fitted to the Vietnamese pages of `dev`.
   */
  lostWord: 1.33,
  /**
   * Number of words that are missing for each letter of a line that the text detector sees and that gave no words: a word has three
   * to four letters, and some of these lines are signs or art. Fitted together with `lostWord`.
   */
  wordOfTexture: 0.18,
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
  /** `panel_doubt` of one page: every viewer notices a page that is told out of order. */
  panelDoubt: 0.5,
  /** `order_doubt` of one page: from here on another order than the told one is as likely. */
  orderDoubt: 0.5,
  /** Share of the chapter's words that are on pages in a language that the narrator can't speak. */
  foreignWords: 0.05,
  /** Words that were read, for each page of a chapter. A page of a comic has dozens; with fewer than one the video would say nothing of nearly all pages. */
  leastWords: 1,
  /** Number of pages from which `leastWords` counts: one or two without a word are common. */
  fewPages: 3,
  /** With fewer words or bubbles than this a page can't be judged. */
  fewWords: 8,
  /**
   * Share of the chapter's spoken bubbles that are outside all panels. Titles and asides often are, and are read
   * anyway.
   */
  looseBubbles: 0.25,
} as const;

/**
 * The thresholds that a stage, a channel or a series can set. The other limits are parts of what is measured: with another value
 * the measured share would mean something else.
 */
export const thresholdNames = [
  'wrongWords',
  'wrongWordsOfPage',
  'unreadLettering',
  'unreadLetteringOfPage',
  'unreadLines',
  'sharpness',
  'panelDoubt',
  'orderDoubt',
  'foreignWords',
  'looseBubbles',
] as const satisfies readonly (keyof typeof limits)[];
export type ThresholdName = (typeof thresholdNames)[number];
export type Thresholds = Readonly<Record<ThresholdName, number>>;
