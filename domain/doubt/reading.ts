import type { PageAnalysis, PageReading } from '../page.ts';
import { limits, type Thresholds } from './limits.ts';
import { pagesText, percent, type Reason, reasonsOfPages, worstPages } from './reason.ts';
import { unsureSigns } from './signs.ts';
import { texturedRows } from './textured.ts';
import { wrongWords } from './words.ts';

interface Read {
  page: number;
  /** Area of the page in pixels. */
  area: number;
  reading: PageReading;
}

const readingsOf = (pages: readonly PageAnalysis[]): Read[] =>
  pages.flatMap(({ number, width, height, reading }) =>
    reading ? [{ page: number, area: width * height, reading }] : [],
  );

const sumOf = (read: readonly Read[], field: 'lettering_area' | 'unread_area' | 'lines' | 'unread_lines') =>
  read.reduce((sum, { reading }) => sum + reading[field], 0);
const share = (part: number, whole: number) => (whole > 0 ? part / whole : 0);

/** Returns doubts about the words of pages that are spoken as they were read. */
export function doubtsOfWords(pages: readonly PageAnalysis[], thresholds: Thresholds): Reason[] {
  const read = readingsOf(pages);
  const wrong = wrongWords(read, thresholds);
  return [
    ...blurred(read, thresholds),
    ...unreadLettering(read, thresholds),
    ...unreadLines(read, thresholds),
    ...wrong,
    ...(wrong.length > 0 ? [...unsureSigns(pages), ...texturedRows(pages)] : []),
  ];
}

/** No lettering is found on a page without a sharp edge, so it would pass for a silent one. */
const blurred = (read: readonly Read[], thresholds: Thresholds): Reason[] =>
  reasonsOfPages(
    'unread',
    read
      .filter(({ reading }) => reading.sharpness < thresholds.sharpness)
      .map(({ page, reading }) => ({
        page,
        weight: 1 - reading.sharpness,
        text: 'too blurred to find its lettering',
      })),
  );

function unreadLines(read: readonly Read[], thresholds: Thresholds): Reason[] {
  const [unread, lines] = [sumOf(read, 'unread_lines'), sumOf(read, 'lines')];
  if (share(unread, lines) <= thresholds.unreadLines || unread < limits.fewLines) return [];
  return reasonsOfPages(
    'unread',
    read
      .filter(({ reading }) => reading.unread_lines > 0)
      .map(({ page, reading: { unread_lines: count } }) => ({
        page,
        weight: count,
        text: count === 1 ? 'a line in a bubble was not read' : `${count} lines in bubbles were not read`,
      })),
  );
}

function unreadLettering(read: readonly Read[], thresholds: Thresholds): Reason[] {
  const unread = ({ unread_area, lettering_area }: PageReading) => share(unread_area, lettering_area);
  const [gave, all] = [sumOf(read, 'unread_area'), sumOf(read, 'lettering_area')];
  // A page with almost no lettering can't lose much of a story, and art on a silent page can look like letters.
  const usual = all / Math.max(1, read.length);
  const counts = ({ area, reading }: Read) =>
    reading.lettering_area > usual / 4 && reading.unread_area > area * limits.leastUnread;
  const pages = read.filter((one) => unread(one.reading) > thresholds.unreadLetteringOfPage && counts(one));
  const reasons = reasonsOfPages(
    'unread',
    pages.map(({ page, reading }) => ({
      page,
      weight: reading.unread_area,
      text: `${percent(unread(reading))} of the lettering could not be read`,
    })),
  );
  const areas = read.reduce((sum, { area }) => sum + area, 0);
  if (share(gave, all) <= thresholds.unreadLettering || gave <= areas * limits.leastUnread) return reasons;
  if (reasons.length > 0) return reasons;
  const worst = worstPages(read.map(({ page, reading }) => ({ page, weight: reading.unread_area })));
  const text = `${percent(share(gave, all))} of the lettering could not be read, most of it on ${pagesText(worst)}`;
  return [{ kind: 'unread', pages: worst, text }];
}

const whyPanels: Readonly<Record<PageReading['panel_doubts'][number], string>> = {
  unfinished: 'since a texture on it looks like more gutters than a page has',
  outside: 'since much of its art is outside of them',
  inset: 'since a framed picture in the corner of one could be a panel',
  scale: 'since they are others at other sizes of the page',
  sliver: 'since one is too narrow for a picture, or an even band that an app could have added',
  seam: 'since one changes along a straight line from side to side, as where two pictures meet',
};

/** Returns doubts about panels that do not account for their page, and about an order with a close alternative. */
export function doubtsOfOrder(pages: readonly PageAnalysis[], thresholds: Thresholds): Reason[] {
  const read = readingsOf(pages);
  const about = (
    kind: 'panels' | 'order',
    weigh: (reading: PageReading) => number,
    isDoubtful: (reading: PageReading) => boolean,
    text: string | ((reading: PageReading) => string),
  ) =>
    reasonsOfPages(
      kind,
      read
        .filter(({ reading }) => isDoubtful(reading))
        .map(({ page, reading }) => ({
          page,
          weight: weigh(reading),
          text: typeof text === 'string' ? text : text(reading),
        })),
    );
  return [
    ...about(
      'panels',
      () => 1,
      ({ undivided }) => undivided,
      'told as one picture, although it does not look like one',
    ),
    ...about(
      'panels',
      ({ panel_doubt }) => panel_doubt,
      ({ undivided, panel_doubt }) => !undivided && panel_doubt > thresholds.panelDoubt,
      ({ panel_doubts }) =>
        ['its panels could be divided wrongly', ...panel_doubts.map((doubt) => whyPanels[doubt])].join(', '),
    ),
    ...about(
      'order',
      ({ order_doubt }) => order_doubt,
      ({ order_doubt }) => order_doubt > thresholds.orderDoubt,
      'its panels, or the bubbles in one, can be read in more than one order',
    ),
    ...unknownDirection(read),
    ...fusedSpeech(read),
    ...looseSpeech(pages, read, thresholds),
  ];
}

function unknownDirection(read: readonly Read[]): Reason[] {
  const pages = read.filter(({ reading }) => reading.unknown_direction).map(({ page }) => page);
  if (pages.length === 0) return [];
  const text =
    `nothing says whether it is read from the left or from the right, and the order of ${pagesText(pages)} depends on it: ` +
    'set readingDirection to rtl or ltr (READING_DIRECTION), or Manga in its ComicInfo.xml, and try it again';
  return [{ kind: 'order', pages, text }];
}

const fusedSpeech = (read: readonly Read[]): Reason[] =>
  reasonsOfPages(
    'order',
    read
      .filter(({ reading }) => reading.fused_bubbles > 0)
      .map(({ page, reading: { fused_bubbles: count } }) => ({
        page,
        weight: count,
        text:
          count === 1
            ? 'a bubble looks like two that were read as one'
            : `${count} bubbles look like two each that were read as one`,
      })),
  );

function looseSpeech(
  pages: readonly PageAnalysis[],
  read: readonly Read[],
  thresholds: Thresholds,
): Reason[] {
  const bubbles = pages.reduce(
    (sum, { panels }) => sum + panels.reduce((own, panel) => own + panel.bubbles.length, 0),
    0,
  );
  const loose = read.reduce((sum, { reading }) => sum + reading.loose_bubbles, 0);
  if (share(loose, Math.max(bubbles, loose)) <= thresholds.looseBubbles) return [];
  return reasonsOfPages(
    'loose_speech',
    read
      .filter(({ reading }) => reading.loose_bubbles > 0)
      .map(({ page, reading: { loose_bubbles: count } }) => ({
        page,
        weight: count,
        text: count === 1 ? 'a bubble is outside all panels' : `${count} bubbles are outside all panels`,
      })),
  );
}
