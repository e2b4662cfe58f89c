import { type BubbleText, bubbleText } from './bubble-text.ts';
import { chooseWords } from './choose-words.ts';
import type { DecodedPage } from './decode.ts';
import { ownWords } from './foreign-words.ts';
import { languageOf } from './language-of.ts';
import { type PageLanguage, runsDown } from './languages.ts';
import { isolate, rowsOf } from './lettering.ts';
import { boundsOf } from './line-breaks.ts';
import type { Box, Bubble, PageReading } from './page.ts';
import { handOf } from './page-hand.ts';
import { overlap, type Raster, toPage } from './raster.ts';
import {
  allReadings,
  type BlockToRead,
  firstReadings,
  lettersSeen,
  surerText,
  wordsSeen,
} from './read-block.ts';
import type { Stretch } from './readings.ts';
import type { Recognizer } from './recognizer.ts';
import { type Place, placesOn, signsAmong } from './signs.ts';
import { soundEffects } from './sound-effects.ts';
import { isLetteredInSquares } from './square-letters.ts';
import { areaOf, findLettering, plainLines, type TextBlock } from './text-blocks.ts';
import type { TextLine } from './text-lines.ts';
import { turned, turnedBack } from './tilt.ts';
import { transposed, transposedBox } from './vertical.ts';
import { vietnamese } from './vietnamese.ts';

export interface LetteringReader {
  /** Opinions on the same lettering, the best first. */
  recognizers: readonly Recognizer[];
  /** BCP 47 of the page, and the language whose data reads it. */
  said: string;
  read: PageLanguage;
}

/** What was found and read on a page; boxes and areas are in the page's own pixels. */
export interface PageLettering
  extends Pick<
    PageReading,
    'lettering_area' | 'unread_area' | 'lines' | 'unread_lines' | 'language' | 'square_letters'
  > {
  /** In no particular order. */
  bubbles: Bubble[];
  /** Where something looks like lettering and gave no words. */
  unread: Box[];
  /**
   * Words of speech that are not said, since the language does not have them, nothing is sure of them or their balloon gave
   * none; and numbers on which the readings differ.
   */
  lost: number;
  /** How many words of speech that are said are wrong, as far as their chances tell. */
  wrong: number;
}

/**
 * Finds the lettering of a page and reads it.
 * @param reader null where nothing reads the page's language: all of its lettering is unread then
 */
export async function readLettering(
  page: DecodedPage,
  panels: readonly Box[],
  reader: LetteringReader | null,
): Promise<PageLettering> {
  const down = reader !== null && runsDown(reader.read);
  const along = (raster: Raster) => (down ? transposed(raster) : raster);
  const alongBox = (box: Box) => (down ? transposedBox(box) : box);
  const [lettering, print] = [along(page.lettering), along(page.print)];
  const toLettering = page.lettering.width / page.width;
  const onPage = (box: Box) => toPage(alongBox(box), 1 / toLettering, page);
  const panelsThere = panels.map((panel) => alongBox(toPage(panel, toLettering, page.lettering)));
  const { blocks, tilt } = findLettering(lettering, panelsThere);
  const sounds = soundEffects(lettering, blocks);
  const placeOf = placesOn(lettering, blocks, panelsThere);
  const jobs: Job[] = [];
  const add = async (of: Raster, block: TextBlock, box: Box, place: Place | null) => {
    const pictureAt = (height: number) => along(isolate(of, block, of.width / lettering.width, height));
    const toRead = reader && (await firstReadings(pictureAt, boundsOf(block), reader.recognizers));
    const areaOnPage = (lines: readonly TextLine[]) => areaOf(lines) / toLettering ** 2;
    const letters = block.lines.reduce((sum, line) => sum + line.letters, 0);
    jobs.push({
      box,
      place,
      letters,
      area: areaOnPage(block.lines),
      plainArea: areaOnPage(plainLines(block)),
      rows: rowsOf(plainLines(block)).filter((row) => row.letters >= ROW).length,
      toRead,
    });
  };
  for (const block of blocks)
    await add(print, block, onPage(block), sounds.has(block) ? null : placeOf(block, { tilted: false }));
  if (tilt !== null && !down) {
    const turnedPrint = turned(print, tilt.angle);
    for (const block of findLettering(turned(lettering, tilt.angle)).blocks) {
      const around = turnedBack(block, tilt.angle, lettering);
      // What was level is tilted now.
      if (!tilt.rows.some((row) => overlap(row, around) > 0.5 * Math.min(row.w * row.h, around.w * around.h)))
        continue;
      await add(turnedPrint, block, onPage(around), placeOf(block, { tilted: !tilt.askew, around }));
    }
  }
  const found = await wordsOf(jobs, reader);
  const gaveLittle = found.language === null || found.unread_area > LITTLE * found.lettering_area;
  return { ...found, square_letters: !down && gaveLittle && isLetteredInSquares(lettering, blocks) };
}

/** A row of fewer letters is often a word that a wide mark moved away from its line. */
const ROW = 4;
/** More of the lettering that gave no words is a reason to ask what script it is in. */
const LITTLE = 0.3;

interface Job {
  box: Box;
  /** Null of a sound that is drawn. */
  place: Place | null;
  /** Pieces that look like letters. */
  letters: number;
  /** Area of all its lines, and of those that are lettering beyond doubt. */
  area: number;
  plainArea: number;
  /** Rows of several letters that are lettering beyond doubt. */
  rows: number;
  toRead: BlockToRead | null;
}

/** Makes words of what was read, once it is known what language all of it is in. */
async function wordsOf(
  jobs: readonly Job[],
  reader: LetteringReader | null,
): Promise<Omit<PageLettering, 'square_letters'>> {
  const raw = jobs.flatMap(({ toRead }) => toRead?.first[0]?.lines.flat() ?? []);
  const language = reader?.read === 'ja' ? null : languageOf(raw.map(({ text }) => text));
  const found: Omit<PageLettering, 'square_letters'> = {
    bubbles: [],
    unread: [],
    lettering_area: 0,
    unread_area: 0,
    lines: 0,
    unread_lines: 0,
    language,
    lost: 0,
    wrong: 0,
  };
  const isVietnamese = reader?.read === 'vi' && (language ?? 'vi') === 'vi';
  const texts = !reader
    ? jobs.map(() => null)
    : isVietnamese
      ? await vietnameseTexts(jobs, reader)
      : await foreignTexts(jobs, reader);
  const sayable = isVietnamese ? ownWords(texts.map((text) => text?.text ?? '')) : null;
  const kinds = kindsOf(jobs, texts, reader);
  for (const [i, job] of jobs.entries()) {
    const { box, letters, area, rows, toRead } = job;
    const { text: said, leftOut } = sayable?.[i] ?? { text: texts[i]?.text, leftOut: 0 };
    const own = texts[i];
    const text = own && said ? { ...own, text: said } : null;
    const kind = kinds[i];
    if (kind === 'sound' || kind === 'sign') {
      // What is drawn or stands on a thing takes nothing from the dialogue where it can't be read.
      if (text) {
        found.bubbles.push({ ...box, text: text.lines.join('\n'), confidence: text.confidence, kind });
        if (kind === 'sign' && isMostlyLost(text)) found.lost += text.doubtful;
      }
      continue;
    }
    if (text) {
      const { text: spoken, confidence, doubtful, wrong } = text;
      const unsure = kind === 'unsure' && { unsure_kind: true as const };
      found.bubbles.push({ ...box, text: spoken, confidence, ...unsure });
      found.lost += doubtful;
      found.wrong += wrong;
    }
    const seen = !own && toRead && isSpeechWithoutWords(job) ? wordsSeen(toRead) : 0;
    found.lost += leftOut + seen;
    // A letter of Japanese is many pieces.
    const counted = reader !== null && !runsDown(reader.read);
    const plainArea = !counted || looksWritten(job) ? job.plainArea : 0;
    found.lettering_area += text ? area : plainArea;
    if (counted && text) {
      found.lines += rows;
      found.unread_lines += Math.max(0, rows - text.lines.length);
    }
    const unread = text ? area * (counted ? lostShare(text, letters) : 0) : plainArea;
    if (unread === 0) continue;
    found.unread.push(box);
    found.unread_area += unread;
  }
  return found;
}

/** What each of the page's letterings is: what gave no words is judged by its tilt, Japanese by its size alone. */
function kindsOf(
  jobs: readonly Job[],
  texts: readonly (BubbleText | null)[],
  reader: LetteringReader | null,
): Kind[] {
  if (reader && runsDown(reader.read)) return jobs.map(({ place }) => (place ? 'said' : 'sound'));
  const placed = jobs.flatMap(({ place }, i) => (place ? [{ place, text: texts[i]?.text ?? '' }] : []));
  const signs = signsAmong(placed);
  let at = 0;
  return jobs.map(({ place }, i) => {
    if (!place) return 'sound';
    const kind = signs[at++] as Kind;
    if (texts[i]) return kind;
    return place.tilted && place.shape !== 'balloon' ? 'sign' : 'said';
  });
}

type Kind = 'sound' | 'sign' | 'unsure' | 'said';

/** Returns whether a balloon or a narrator's box holds a row of letters; without words a board is a sign. */
const isSpeechWithoutWords = ({ place, rows }: Job): boolean =>
  rows > 0 && (place?.shape === 'balloon' || place?.shape === 'box');

/**
 * Returns whether a block without words is lettering: it has a row of letters, and the recogniser reads letters in it. In a
 * mouth, a window or a screen of dots it reads next to none.
 */
const looksWritten = ({ rows, letters, toRead }: Job): boolean =>
  rows > 0 && (!toRead || lettersSeen(toRead) > LOST * letters);

/**
 * Returns whether more words of a text were left out than read: its kind was judged by the few, so it could be speech.
 */
const isMostlyLost = ({ text, doubtful }: BubbleText): boolean =>
  doubtful >= (text.match(/[\p{L}\p{M}\p{N}]+/gu)?.length ?? 0);

/** Letters can break into pieces that do not count as letters: a smaller share of words than this means that rows gave none. */
const LOST = 0.3;

/** The share of a block that its words leave out. */
function lostShare({ text }: BubbleText, letters: number): number {
  const lost = 1 - (text.match(/[\p{L}\p{N}]/gu)?.length ?? 0) / Math.max(1, letters);
  return lost > LOST ? lost : 0;
}

/**
 * Returns the text of each lettering by all readings of it and of the page; what is read elsewhere shows its
 * handwriting.
 */
async function vietnameseTexts(
  jobs: readonly Job[],
  { recognizers, said }: LetteringReader,
): Promise<(BubbleText | null)[]> {
  const language = vietnamese();
  const readings: (Stretch[][] | null)[] = [];
  for (const { toRead } of jobs) readings.push(toRead && (await allReadings(toRead, recognizers, language)));
  const hand = handOf(
    readings.flatMap((lines) => (lines ? [lines.flat()] : [])),
    language,
  );
  return jobs.map(({ toRead }, i) => {
    const lines = readings[i];
    return lines && toRead ? bubbleText(chooseWords(lines, language, hand), said, toRead.bounds) : null;
  });
}

/** Choosing among readings would make Vietnamese syllables of words of other languages. */
async function foreignTexts(
  jobs: readonly Job[],
  { recognizers, said }: LetteringReader,
): Promise<(BubbleText | null)[]> {
  const texts: (BubbleText | null)[] = [];
  for (const { toRead } of jobs) texts.push(toRead && (await surerText(toRead, recognizers, said)));
  return texts;
}
