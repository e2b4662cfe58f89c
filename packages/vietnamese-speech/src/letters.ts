export const vowel = /[aeiouyăâêôơư]/iu;

/** Without marks, in small letters; đ stays a letter of its own. */
export const base = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
