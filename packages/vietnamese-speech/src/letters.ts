export const vowel = /[aeiouyăâêôơư]/iu;

/** Returns a text without marks, in lower case; đ stays a separate letter. */
export const base = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
