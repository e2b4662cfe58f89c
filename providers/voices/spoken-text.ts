/** Characters other than letters that can reach espeak. `<`, `&`, `[[` and `_` are markup to it. */
const speakablePunctuation = new Set('.,!?:;\'"“”‘’()«»-–—…');

const isWordCharacter = (character: string) => /[\p{L}\p{M}\p{N}]/u.test(character);

/**
 * Makes text safe for espeak: what could be markup, and punctuation that stands alone (it is read out by name),
 * becomes a space, so that every other character keeps its place.
 */
export function plainText(text: string): string {
  return text.normalize('NFC').replace(/\S+/gu, (token) => {
    const characters = Array.from(token);
    if (!characters.some(isWordCharacter)) return ' '.repeat(characters.length);
    return characters
      .map((character) =>
        isWordCharacter(character) || speakablePunctuation.has(character) ? character : ' ',
      )
      .join('');
  });
}
