/** A letter of both cases that trained data lacks. */
export interface MissingLetter {
  small: string;
  capital: string;
}

/** Adds letters at the end of a unicharset: their properties, the number of the other case, and their own. */
export function withLetters(unicharset: string, letters: readonly MissingLetter[]): string {
  const [, ...lines] = unicharset.trimEnd().split('\n');
  for (const { small, capital } of letters) {
    const [first, second] = [lines.length, lines.length + 1];
    lines.push(
      letterLine(small, { properties: 3, number: first, otherCase: second, kind: 'a' }),
      letterLine(capital, { properties: 5, number: second, otherCase: first, kind: 'A' }),
    );
  }
  return `${[lines.length, ...lines].join('\n')}\n`;
}

interface Properties {
  /** 1 for a letter, 2 for a small one, 4 for a capital. */
  properties: number;
  number: number;
  otherCase: number;
  kind: 'a' | 'A';
}

function letterLine(letter: string, { properties, number, otherCase, kind }: Properties): string {
  const code = letter.codePointAt(0)?.toString(16);
  return `${letter} ${properties} 0,255,0,255,0,0,0,0,0,0 Latin ${otherCase} 0 ${number} ${letter}\t# ${letter} [${code} ]${kind}`;
}

/** Bytes of a recoder's entry: whether it stands for itself, the number of its codes, and its code. */
const entry = 9;

/** Adds codes for new characters at the end of a recoder whose characters have one code each. */
export function withCodes(recoder: Buffer, count: number): Buffer {
  const known = recoder.readUInt32LE(0);
  if (recoder.length !== 4 + entry * known) throw new Error('A character of the recoder has several codes');
  const codes = Array.from({ length: known }, (_, i) => recoder.readInt32LE(4 + entry * i + 5));
  const most = Math.max(...codes);
  const added = Array.from({ length: count }, (_, i) => {
    const bytes = Buffer.alloc(entry);
    bytes.writeUInt8(1);
    bytes.writeInt32LE(1, 1);
    bytes.writeInt32LE(most + 1 + i, 5);
    return bytes;
  });
  const longer = Buffer.concat([recoder, ...added]);
  longer.writeUInt32LE(known + count);
  return longer;
}
