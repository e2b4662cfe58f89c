/** Returns a text of a chapter or a service without characters that would control the terminal. */
export const printable = (text: string): string =>
  text.replace(/\p{Cc}/gu, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
