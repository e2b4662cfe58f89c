import { union } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import type { ReadWord, RecognizedWord } from '../reading/hocr.ts';
import type { Stretch } from '../reading/readings.ts';
import { isNumber } from './said-writing.ts';
import { coreOf } from './word-candidates.ts';

/** Largest loss of confidence of a word that fewer than half of the readings have. */
const alone = 20;
/** Largest confidence of a number on which a reading differs; with half of the readings or fewer it is 0. */
const disputed = 80;

/** Returns the boxes of words side by side in the place of a stretch, with widths by their letters. */
function boxesOf(words: readonly string[], stretch: Stretch): (Box | undefined)[] {
  const seen = stretch.find((reading) => reading.length > 0)?.map(({ box }) => box);
  if (!seen || seen.length === words.length) return words.map((_, i) => seen?.[i]);
  const whole = seen.reduce(union);
  const letters = words.join(' ').length;
  let from = 0;
  return words.map((word) => {
    const box = { ...whole, x: whole.x + (from / letters) * whole.w, w: (word.length / letters) * whole.w };
    from += word.length + 1;
    return box;
  });
}

/** Returns the words of a text with their confidence; a word that no reading has gets their mean, less the largest loss. */
export function asWords(
  text: string,
  stretch: Stretch,
  { lead, strangeHand }: { lead: number; strangeHand: boolean },
): ReadWord[] {
  const mean = (words: readonly RecognizedWord[]) =>
    words.reduce((sum, word) => sum + word.confidence, 0) / Math.max(1, words.length);
  const words = text.split(' ');
  const boxes = boxesOf(words, stretch);
  return words.map((word, i) => {
    const alike = (text: string) => (isNumber(text) ? text : coreOf(text).toLowerCase());
    const core = alike(word);
    const same = stretch.flatMap((words) => words.find((other) => alike(other.text) === core) ?? []);
    const share = same.length / stretch.length;
    const sure =
      same.length > 0 ? Math.max(...same.map(({ confidence }) => confidence)) : mean(stretch.flat());
    const less = share >= 0.5 ? 0 : alone * (1 - share);
    // The language cannot confirm a number, so only agreement counts, and in an unfamiliar hand all readings can
    // misread a digit.
    const alikeInAll = share === 1 && !strangeHand;
    const most = !isNumber(word) || alikeInAll ? 100 : share > 0.5 ? disputed : 0;
    const box = boxes[i];
    const confidence = Math.max(0, Math.min(most, sure - less));
    return { text: word, confidence, evidence: { lead, agreeing: share }, ...(box && { box }) };
  });
}
