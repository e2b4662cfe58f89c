/** Characters other than letters that are passed to espeak, which interprets `<`, `&`, `[[` and `_` as markup. */
const speakablePunctuation = new Set('.,!?:;\'"“”‘’()«»-–—…');

const isWordCharacter = (character: string) => /[\p{L}\p{M}\p{N}]/u.test(character);

/**
 * Makes text safe for espeak: possible markup, and isolated punctuation (whose name it would read out), becomes a space, so
 * that every other character keeps its position.
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
