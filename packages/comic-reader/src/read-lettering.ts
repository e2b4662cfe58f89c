import type { LetteringReader } from './block-texts.ts';
import type { DecodedPage } from './decode.ts';
import type { FoundBlock } from './found-block.ts';
import { overlap, type Raster, toPage } from './image/raster.ts';
import { transposed, transposedBox } from './image/vertical.ts';
import { findLettering } from './lettering/find-lettering.ts';
import { soundEffects } from './lettering/sound-effects.ts';
import { isLetteredInSquares } from './lettering/square-letters.ts';
import { areaOf, plainLines, type TextBlock } from './lettering/text-blocks.ts';
import type { TextLine } from './lettering/text-line.ts';
import { turned, turnedBack } from './lettering/tilt.ts';
import type { Box } from './page/page.ts';
import { letteringOf, type PageLettering } from './page-lettering.ts';
import { firstReadings } from './read-block.ts';
import { runsDown } from './reading/languages.ts';
import { isolate, rowsOf, slantOfPage } from './reading/lettering.ts';
import { seenLines } from './seen-lines.ts';
import { boundsOf } from './words/line-breaks.ts';
import { type Place, placesOn } from './words/signs.ts';

/**
 * Finds the lettering of a page and reads it.
 * @param reader null if nothing reads the page's language; all of its lettering is unread then
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
  const usualSlant = reader ? slantOfPage(print, blocks, print.width / lettering.width) : 0;
  const found: FoundBlock[] = [];
  const firstRead = async (of: Raster, block: TextBlock) => {
    const pictureAt = (letterHeight: number) => {
      const scale = of.width / lettering.width;
      const { plain, grown } = isolate(of, block, scale, { letterHeight, usualSlant });
      // A column of Japanese has no outline at its sides.
      return { plain: along(plain), grown: down ? null : grown };
    };
    return reader && (await firstReadings(pictureAt, boundsOf(block), reader.recognizers));
  };
  const add = async (of: Raster, block: TextBlock, box: Box, lines: Box[], place: Place) => {
    const toRead = await firstRead(of, block);
    const areaOnPage = (lines: readonly TextLine[]) => areaOf(lines) / toLettering ** 2;
    const letters = block.lines.reduce((sum, line) => sum + line.letters, 0);
    found.push({
      box,
      lines,
      place,
      isLarge: sounds.has(block),
      letters,
      area: areaOnPage(block.lines),
      plainArea: areaOnPage(plainLines(block)),
      rows: rowsOf(plainLines(block)).filter((row) => row.letters >= leastOfRow).length,
      toRead,
    });
  };
  for (const block of blocks)
    await add(print, block, onPage(block), block.lines.map(onPage), placeOf(block, { tilted: false }));
  if (tilt !== null && !down) {
    const turnedPrint = turned(print, tilt.angle);
    for (const block of findLettering(turned(lettering, tilt.angle)).blocks) {
      const around = turnedBack(block, tilt.angle, lettering);
      // What was level is tilted now.
      if (!tilt.rows.some((row) => overlap(row, around) > 0.5 * Math.min(row.w * row.h, around.w * around.h)))
        continue;
      const box = onPage(around);
      await add(turnedPrint, block, box, [box], placeOf(block, { tilted: !tilt.askew, around }));
    }
  }
  // Only Vietnamese shows whether what is read in a line is words.
  const seen = reader?.read === 'vi' ? await seenLines(page, reader.detector, reader.recognizers) : null;
  const read = await letteringOf(found, seen, toLettering, reader);
  const gaveLittle = read.language === null || read.unread_area > little * read.lettering_area;
  return { ...read, square_letters: !down && gaveLittle && isLetteredInSquares(lettering, blocks) };
}

/** Letters of a row; fewer are often a word that a wide mark separates from its line. */
const leastOfRow = 4;
/** Share of lettering without words from which its script is checked. */
const little = 0.3;
