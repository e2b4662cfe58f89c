/** The end of a sentence, then small letters. An ellipsis does not end one, and a single letter is an abbreviation. */
const continues = /\p{L}\p{M}*\p{L}\p{M}*(?:[!?]+|(?<!\.)\.)\s\p{Ll}/u;

/**
 * Returns whether a text looks like two bubbles that were read as one, line by line across both:
 * `Con mèo của chị Vậy thì đi! chạy lên mái nhà.` Lettering in capitals does not show it. A missing word after a full stop looks the same.
 */
export const looksFused = (text: string): boolean => continues.test(text);
