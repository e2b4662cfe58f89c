import { codePages } from './code-pages.ts';

/** The upper half of the code page that ZIP itself names (APPNOTE, appendix D); TextDecoder does not have it. */
const cp437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00A0';

/** Decodes bytes; undefined if they are not valid in the encoding. */
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
 * Returns the likely encoding of texts that do not declare it: UTF-8 if all of them are valid UTF-8, otherwise the code page
 * that can decode all of them and makes them most likely. CP437 decodes everything, so there is always a result.
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
