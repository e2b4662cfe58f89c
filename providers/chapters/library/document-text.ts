import { decodeAs } from '../archives/decode-as.ts';
import { guessEncoding } from '../archives/guess-encoding.ts';

/** A document as text, and notes about guesses. */
export interface DocumentText {
  text: string;
  notes: string[];
}

const startsWith = (bytes: Uint8Array, ...start: number[]) => start.every((byte, i) => bytes[i] === byte);

/**
 * Returns the encoding from a byte order mark, or from the zero byte beside the first character, which is ASCII in XML (XML 1.0, appendix
 * F) and in JSON (RFC 4627, section 3).
 */
function wideEncoding(bytes: Uint8Array): string | undefined {
  const [first = 0, second = 0] = bytes;
  if (startsWith(bytes, 0xff, 0xfe) || (first > 0 && bytes[1] === 0)) return 'utf-16le';
  if (startsWith(bytes, 0xfe, 0xff) || (bytes[0] === 0 && second > 0)) return 'utf-16be';
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

/**
 * Returns UTF-8 with a few broken bytes as text, `�` in their place, and a note; undefined if more characters beyond ASCII are broken
 * than not: in another encoding hardly any are valid in UTF-8.
 */
function damagedUtf8(bytes: Uint8Array, name: string): DocumentText | undefined {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  const written = Buffer.from(bytes).toString('latin1').split('\u00EF\u00BF\u00BD').length - 1;
  const broken = count(/\uFFFD/g) - written;
  if (count(/[^\0-\u007F\uFFFD]/g) <= broken) return undefined;
  let at = -1;
  for (const { index } of text.matchAll(/\uFFFD/g)) {
    at = Buffer.byteLength(text.slice(0, index));
    if (!startsWith(bytes.subarray(at, at + 3), 0xef, 0xbf, 0xbd)) break;
  }
  const first = `byte ${at + 1} is 0x${(bytes[at] ?? 0).toString(16).padStart(2, '0')}`;
  return {
    text,
    notes: [`${name} is UTF-8 with ${broken} broken character${broken === 1 ? '' : 's'}: ${first}`],
  };
}

/**
 * Decodes a document by its byte order mark, its declaration, as UTF-8, also if a few bytes of it are broken, or otherwise by a guess from
 * its bytes.
 */
export function documentText(bytes: Uint8Array, name: string): DocumentText {
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
  const damaged = damagedUtf8(bytes, name);
  if (damaged) return { ...damaged, text: damaged.text.replace(/^\uFEFF/, '') };
  const guessed = guessEncoding([bytes]);
  return {
    text: decodeAs(guessed, bytes) ?? '',
    notes: [`${name} is not valid ${declared ?? 'UTF-8'}, and is read as ${guessed}`],
  };
}
