import type { ChapterMetadata, Credit } from './chapter.ts';
import { chapterNumber } from './chapter-names.ts';
import type { Segment } from './script.ts';
import type { Card } from './shots.ts';
import { easyReading } from './speech.ts';
import type { SyntheticNotice } from './synthetic-notice.ts';
import { licenceOf } from './video-metadata.ts';

/** Facts about a chapter for the end card. */
export type Credited = Pick<ChapterMetadata, 'number' | 'credits' | 'licence'>;

const mostCredits = 4;

/** Returns the end of a chapter with its authors and its licence. */
function creditCard({ number, credits, licence }: Credited): Card {
  const own = chapterNumber({ number });
  return {
    kind: 'end',
    heading: own === null ? 'Hết' : `Hết chương ${own}`,
    lines: [...creditLines(credits), ...(licence ? [`Giấy phép: ${licenceOf(licence)}`] : [])],
  };
}

/** Returns the last card of a video, with authors and licence, as required. It shows the notice of a machine unless that is spoken. */
export function endCard(chapter: Credited, notice: SyntheticNotice | undefined): Card {
  const { lines, ...card } = creditCard(chapter);
  const shown = notice?.form === 'shown' ? [notice.text] : [];
  return { ...card, lines: [...lines, ...shown, 'Cảm ơn các bạn đã theo dõi!'] };
}

/** `Kịch bản, Tranh: Lan`: all roles of one person on one line. Says how many more people the description names. */
function creditLines(credits: readonly Credit[]): string[] {
  const roles = new Map<string, string[]>();
  for (const { name, role } of credits) roles.set(name, [...(roles.get(name) ?? []), role]);
  const lines = [...roles].map(([name, of]) => `${of.join(', ')}: ${name}`);
  const others = lines.length - mostCredits;
  if (others <= 0) return lines;
  return [...lines.slice(0, mostCredits), `Và ${others} người khác: xem phần mô tả`];
}

/** Seconds until a viewer has noticed a card. */
const noticed = 1;

/** Characters of a text in the smallest letters of a card, and those that are left of one that is longer and is cut. */
const whole = 220;
const cut = 120;

/** An address is recognised and not read. */
const address = /\bhttps?:\/\/\S+/g;

/** Returns how long a viewer takes to read a card, in seconds; about the texts that are drawn, since a long one is cut. */
export function secondsToRead({ heading, lines }: Card): number {
  const drawn = [heading, ...lines].map((text) => (text.length > whole ? text.slice(0, cut) : text));
  return noticed + drawn.join('').replace(address, '').length / easyReading;
}

/** YouTube's end screen, with its links, is shown over the last 5 to 20 seconds of a video (help pages). */
const endScreen = { least: 5, most: 20 };

/** Returns how long the end card is shown if the farewell leaves the time, in seconds: until all of it can be read. */
export const secondsOfEndCard = (card: Card): number =>
  Math.min(endScreen.most, Math.max(endScreen.least, secondsToRead(card)));

/** Returns how long authors and licence are shown at least, in seconds. */
export const secondsOfCredits = (chapter: Credited): number => secondsOfEndCard(creditCard(chapter));

/**
 * Returns the silence after a segment that takes so many seconds. After the farewell it lasts until authors and licence can be read, and no
 * longer: nothing is heard then without music, and what else the card says was on the first card, or is not news.
 */
export const silenceAfter = (
  { kind, pause_after }: Pick<Segment, 'kind' | 'pause_after'>,
  seconds: number,
  chapter: Credited,
): number =>
  kind === 'closing'
    ? Math.max(pause_after, Math.ceil((secondsOfCredits(chapter) - seconds) * 100) / 100)
    : pause_after;
