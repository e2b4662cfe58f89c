import type { Box } from '../page/page.ts';
import type { LetterLook } from './looks.ts';

/** One letter that the recognizer considered for a place, and its confidence: 0 to 100, on a logarithmic scale. */
export interface Choice {
  letter: string;
  confidence: number;
}

/** The evidence for a chosen word. */
interface Evidence {
  /** Distance to the likeliest other text in its place, in nats; infinite without one. */
  lead: number;
  /** Share of the readings that have it. */
  agreeing: number;
}

/** A word and its confidence, 0 to 100. */
export interface ReadWord {
  text: string;
  confidence: number;
  /** In pixels of a picture of its block, the same for all words of the block; absent if unknown. */
  box?: Box;
  /** Another word is nearly as likely. */
  disputed?: boolean;
  /** It is disputed only because a reading has another word: likely enough to show what kind of text it is in. */
  likely?: boolean;
  /** The evidence for it; absent if the language has no model. */
  evidence?: Evidence;
}

/** A word as the recognizer read it. */
export interface RecognizedWord extends ReadWord {
  /** In pixels of the given picture. */
  box: Box;
  /** Alternatives of each letter, the letter of `text` first; absent if the recognizer gives none. */
  choices?: Choice[][];
  /** Look of each letter in the picture; null if its ink cannot be separated from that of its neighbours. */
  looks?: (LetterLook | null)[];
}

const lineTag = /<span class='ocr_(?:line|caption|textfloat|header)'/;
const wordTag = /<span class='ocrx_word'[^>]*title='bbox (\d+) (\d+) (\d+) (\d+); x_wconf (\d+)[^>]*>/;
const letterTag = /<span class='ocrx_cinfo' id='lstm_choices[^>]*>/;
const choice = /id='choice[^>]*title='x_confs ([\d.]+)'>([^<]*)</g;

/** Reads the words of tesseract's hOCR with the alternatives that `lstm_choice_mode` 2 gives, line by line from the top. */
export function wordsOfHocr(hocr: string): RecognizedWord[][] {
  return hocr
    .split(lineTag)
    .slice(1)
    .map((line) => line.split(/(?=<span class='ocrx_word')/).flatMap(wordOf));
}

function wordOf(markup: string): RecognizedWord[] {
  const [head, left, top, right, bottom, confidence] = wordTag.exec(markup) ?? [];
  if (head === undefined) return [];
  const [own = '', ...letters] = markup.slice(markup.indexOf(head) + head.length).split(letterTag);
  const read = plain(own.split('<')[0] as string).trim();
  const text = asLetters(read, read);
  const choices = letters
    .map((letter) =>
      [...letter.matchAll(choice)].map(([, sure, of]) => ({
        letter: asLetters(plain(of as string), read),
        confidence: Number(sure),
      })),
    )
    // The space before a word has choices as well.
    .filter(([first]) => first && first.letter.trim() !== '');
  const word = {
    text,
    confidence: Number(confidence),
    box: {
      x: Number(left),
      y: Number(top),
      w: Number(right) - Number(left),
      h: Number(bottom) - Number(top),
    },
  };
  const agrees = choices.map(([first]) => first?.letter).join('') === text;
  return text === '' ? [] : [{ ...word, ...(agrees && { choices }) }];
}

/** Replaces a dagger, which is a handwritten t, and a zero in a word of capitals, which is an O. */
function asLetters(text: string, word: string): string {
  const letters = text.replace(/†/gu, 't');
  return /\p{Lu}/u.test(word) && !/[1-9\p{Ll}]/u.test(word) ? letters.replace(/0/g, 'O') : letters;
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

const plain = (text: string) => text.replace(/&(#39|\w+);/g, (whole, name) => entities[name] ?? whole);
