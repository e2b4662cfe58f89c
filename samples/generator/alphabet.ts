const tones = ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'];
const vowels = [...'aăâeêioôơuưyAĂÂEÊIOÔƠUƯY'];
const marked = vowels.flatMap((vowel) => tones.map((tone) => (vowel + tone).normalize('NFC')));
const plain = Array.from({ length: 95 }, (_, index) => String.fromCharCode(0x20 + index));
const signs = [...'đĐ–—…‘’“”«»·•'];

/** Every letter of Vietnamese with its tone marks, plain ASCII, and the punctuation of the texts. */
export const alphabet = [...new Set([...plain, ...marked, ...signs])].sort();
