/** The end of a sentence that goes on in small letters. Three points end none, and one letter is an abbreviation. */
const GOES_ON = /\p{L}\p{M}*\p{L}\p{M}*(?:[!?]+|(?<!\.)\.)\s\p{Ll}/u;

/**
 * Returns whether a text looks like two bubbles that were read as one, line by line across both: `Con mèo của chị Vậy thì đi!
 * chạy lên mái nhà.` Lettering in capitals does not show it. A word that was not found after a point looks the same.
 */
export const looksFused = (text: string): boolean => GOES_ON.test(text);
