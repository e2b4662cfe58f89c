import type { Lettering } from 'vietnamese-speech';
import { isInCapitals, isSayable, speechText } from 'vietnamese-speech';
import { type PageAnalysis, type Panel, saidIn } from '../../domain/page.ts';
import type { SegmentDraft } from '../../domain/script.ts';
import { farewell, pause, pauseAfter, welcome, withGlance } from './frame.ts';
import type { Narrator, PageToNarrate } from './narrator.ts';
import { silence } from './phrases.ts';
import { breaths, longestSegment, speakable } from './spoken.ts';

/** Maximum number of characters for bubbles of a panel that are spoken together. */
const together = 160;

/** Number of letters on a page that show how it is lettered: fewer can be an exclamation or an abbreviation. */
const telling = 12;

/** Creates the embedded narrator, which retells the bubbles in reading order. The same page gives the same script. */
export function createOcrNarrator(): Narrator {
  return { name: 'ocr', narratePage: async (page) => narrate(page) };
}

function narrate(told: PageToNarrate): SegmentDraft[] {
  const { analysis, isFirst, isLast } = told;
  const page = analysis.number;
  const ids = analysis.panels.map((panel) => panel.id);
  const speech = speechOf(analysis);
  const silent = speech.length === 0;
  const segments: SegmentDraft[] = [];
  if (isFirst) {
    // Over a cover without words, only the welcome is spoken.
    segments.push(welcome(told, silent ? ids : ids.slice(0, 1)));
  }
  if (!silent) segments.push(...speech);
  else if (!isFirst) {
    segments.push({
      kind: 'description',
      text: silence(page),
      page,
      panels: ids,
      pause_after: pause.description,
    });
  }
  if (isLast) segments.push(farewell(told));
  return segments;
}

/**
 * Returns one or more segments for each speaking panel. A silent panel is shown in a longer pause after the speech before it;
 * those at the start of a page are shown on the way to the first that speaks.
 */
function speechOf({ number, panels }: PageAnalysis): SegmentDraft[] {
  const segments: SegmentDraft[] = [];
  const around = { inCapitals: isLetteredInCapitals(panels) };
  const told = panels.map((panel) => ({ id: panel.id, texts: textsOf(panel, around) }));
  const lastSpeaking = told.findLastIndex(({ texts }) => texts.length > 0);
  let waiting: string[] = [];
  for (const [place, { id, texts }] of told.entries()) {
    const before = segments.at(-1);
    if (texts.length === 0) {
      if (before) {
        before.panels.push(id);
        before.pause_after = withGlance(before.pause_after);
      } else waiting.push(id);
    }
    for (const [i, text] of texts.entries()) {
      const after = place === lastSpeaking ? pause.page : pause.panel;
      segments.push({
        kind: 'speech',
        text,
        page: number,
        panels: [...waiting, id],
        pause_after: pauseAfter(text, i === texts.length - 1 ? after : pause.breath),
      });
      waiting = [];
    }
  }
  return segments;
}

function isLetteredInCapitals(panels: readonly Panel[]): boolean {
  const text = panels.flatMap((panel) => saidIn(panel).map((bubble) => bubble.text)).join(' ');
  return (text.match(/\p{L}/gu)?.length ?? 0) >= telling && isInCapitals(text);
}

/** Returns the speech of a panel, in portions that are neither too short nor too long. */
function textsOf(panel: Panel, around: Lettering): string[] {
  const portions: string[] = [];
  let previous = '';
  // Drawn sounds and signs are only shown: read out, they would sound like dialogue.
  for (const bubble of saidIn(panel)) {
    const text = speakable(bubble.text, around);
    if (!isSayable(text)) continue;
    // A sound drawn ten times is spoken once.
    if (text === previous) continue;
    previous = text;
    const open = portions.at(-1);
    if (open && open.length + 1 + text.length <= together) portions[portions.length - 1] = `${open} ${text}`;
    else portions.push(text);
  }
  // A part of a long line can have nothing to speak, such as a name in other letters.
  return portions
    .flatMap((text) => breaths(text, longestSegment))
    .filter((text) => speechText(text).spoken !== '');
}
