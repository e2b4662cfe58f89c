/** A line to learn or to score: its picture, in any format that leptonica reads, and its text. */
export interface LineOfText {
  name: string;
  picture: Uint8Array;
  text: string;
}

const number = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const list = (bytes: Uint8Array): Buffer => Buffer.concat([number(bytes.length), bytes]);

/** Returns the lines as tesseract's training data: `DocumentData` of `ImageData` (ccstruct/imagedata.cpp of Tesseract 5). */
export function lstmf(lines: readonly LineOfText[]): Buffer {
  const pages = lines.map(({ name, picture, text }) => {
    const words = list(Buffer.from(text));
    const noBoxes = number(0);
    return Buffer.concat([
      Buffer.from([1]),
      list(Buffer.from(name)),
      number(0),
      list(picture),
      list(Buffer.from('vie')),
      words,
      noBoxes,
      ...[number(1), words],
      // Not vertical.
      Buffer.from([0]),
    ]);
  });
  return Buffer.concat([number(pages.length), ...pages]);
}
