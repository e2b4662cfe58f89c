import { codePages } from './code-pages.ts';

/** The upper half of the code page that ZIP itself names (APPNOTE, appendix D); TextDecoder does not have it. */
const cp437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00A0';

/** The bytes as text; undefined where the encoding has no such bytes. */
export function decodeAs(encoding: string, bytes: Uint8Array): string | undefined {
  if (encoding === 'cp437')
    return Array.from(bytes, (byte) =>
      byte < 0x80 ? String.fromCharCode(byte) : (cp437[byte - 0x80] ?? ''),
    ).join('');
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes).normalize('NFC');
  } catch {
    return undefined;
  }
}

const hasControls = (text: string) => /[\u0080-\u009f\ufffd]/u.test(text);

/**
 * The encoding of texts that do not say theirs: UTF-8 where all of them are valid UTF-8, else the code page in which all
 * can be read and which makes them likeliest. CP437 reads everything, so there is always one.
 */
export function guessEncoding(texts: readonly Uint8Array[]): string {
  const odd = texts.filter((bytes) => bytes.some((byte) => byte > 0x7f));
  if (odd.every((bytes) => decodeAs('utf-8', bytes) !== undefined)) return 'utf-8';
  const readable = codePages.filter(({ label }) =>
    odd.every((bytes) => {
      const text = decodeAs(label, bytes);
      return text !== undefined && !hasControls(text);
    }),
  );
  const scored = readable.map(({ label, prior, score }) => ({
    label,
    likelihood: Math.log(prior) + odd.reduce((sum, bytes) => sum + score(bytes), 0),
  }));
  return scored.reduce((best, one) => (one.likelihood > best.likelihood ? one : best), {
    label: 'cp437',
    likelihood: Number.NEGATIVE_INFINITY,
  }).label;
}
