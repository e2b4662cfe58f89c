import { decodeAs } from '../archives/decode-as.ts';
import { guessEncoding } from '../archives/guess-encoding.ts';

/** A document as text, and notes about guesses. */
export interface XmlText {
  text: string;
  notes: string[];
}

const startsWith = (bytes: Uint8Array, ...start: number[]) => start.every((byte, i) => bytes[i] === byte);

/** Returns the encoding from a byte order mark, or from the zero bytes of `<` in UTF-16 (XML 1.0, appendix F). */
function wideEncoding(bytes: Uint8Array): string | undefined {
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0x3c, 0)) return 'utf-16le';
  if (startsWith(bytes, 0xfe, 0xff) || startsWith(bytes, 0, 0x3c)) return 'utf-16be';
  return undefined;
}

/** Returns the encoding that the first line declares. A two-byte encoding is a mistake if that line is ASCII. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 200))
    .toString('latin1')
    .replace(/^\u00EF\u00BB\u00BF/, '');
  const declared = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/i.exec(head)?.[1]?.toLowerCase();
  return declared && !/^(utf-?16|utf-?32|ucs-?2|ucs-?4|unicode)/.test(declared) ? declared : undefined;
}

function isKnown(encoding: string): boolean {
  try {
    return new TextDecoder(encoding).encoding !== '';
  } catch {
    return false;
  }
}

/** Encodings in which any bytes are a text: UTF-8 that is declared so by mistake would become one, too. */
const oneByte = /^(iso-?8859|latin|windows-125|cp125)/;
const isUtf8WithMarks = (bytes: Uint8Array) =>
  bytes.some((byte) => byte > 0x7f) && decodeAs('utf-8', bytes) !== undefined;

/** Decodes a document by its byte order mark, its declaration, as UTF-8, or otherwise by a guess from its bytes. */
export function xmlText(bytes: Uint8Array, name: string): XmlText {
  const wide = wideEncoding(bytes);
  if (wide) return { text: new TextDecoder(wide).decode(bytes), notes: [] };
  const declared = declaredEncoding(bytes);
  const isDeclaredKnown =
    declared && isKnown(declared) && !(oneByte.test(declared) && isUtf8WithMarks(bytes));
  for (const encoding of isDeclaredKnown ? [declared, 'utf-8'] : ['utf-8']) {
    const text = decodeAs(encoding, bytes);
    if (text === undefined) continue;
    const isDeclared = !declared || encoding === declared;
    const notes = isDeclared ? [] : [`${name} is declared as ${declared}, and is read as ${encoding}`];
    return { text: text.replace(/^\uFEFF/, ''), notes };
  }
  const guessed = guessEncoding([bytes]);
  return {
    text: decodeAs(guessed, bytes) ?? '',
    notes: [`${name} is not valid ${declared ?? 'UTF-8'}, and is read as ${guessed}`],
  };
}
