/** A word as the text has it, punctuation included, and where it stands, in characters (code points) of the text. */
export interface TextWord {
  text: string;
  start: number;
  end: number;
}

export interface SpokenText {
  /** What the synthesizer gets: as many characters as the text, each at its place. */
  plain: string;
  words: TextWord[];
}

/** What may reach the synthesizer besides letters and digits. `<`, `&`, `[[` and `_` are markup to espeak. */
const speakablePunctuation = new Set('.,!?:;\'"“”‘’()«»-–—…%/+°');

const isWordCharacter = (character: string) => /[\p{L}\p{M}\p{N}]/u.test(character);
const isSpeakable = (character: string) => isWordCharacter(character) || speakablePunctuation.has(character);

/** Whether there is anything to say: a letter or a digit. */
export const hasWords = (text: string) => /[\p{L}\p{N}]/u.test(text);

/**
 * Makes text safe to speak: what could be markup, and punctuation that stands alone (espeak reads it out by name),
 * becomes a space, so that every other character keeps its place. A word is what stands between spaces; one without
 * letters or digits, such as a dash, belongs to the word before it (at the start, to the one after).
 */
export function spokenText(text: string): SpokenText {
  const characters = Array.from(text.normalize('NFC'));
  const plain = characters.map((character) => (isSpeakable(character) ? character : ' '));
  const words: TextWord[] = [];
  let leading: TextWord | undefined;

  for (const token of tokens(characters)) {
    const last = words.at(-1);
    if (characters.slice(token.start, token.end).some(isWordCharacter)) {
      words.push(leading ? joined(leading, token) : token);
      leading = undefined;
      continue;
    }
    plain.fill(' ', token.start, token.end);
    if (last) words[words.length - 1] = joined(last, token);
    else leading = leading ? joined(leading, token) : token;
  }
  return { plain: plain.join(''), words };
}

function tokens(characters: readonly string[]): TextWord[] {
  const found: TextWord[] = [];
  let start = 0;
  for (let end = 0; end <= characters.length; end++) {
    if (end < characters.length && !/\s/u.test(characters[end] ?? ' ')) continue;
    if (end > start) found.push({ text: characters.slice(start, end).join(''), start, end });
    start = end + 1;
  }
  return found;
}

const joined = (first: TextWord, second: TextWord): TextWord => ({
  text: `${first.text} ${second.text}`,
  start: first.start,
  end: second.end,
});
