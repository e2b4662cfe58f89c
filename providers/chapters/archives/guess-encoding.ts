import { codePages, type Maker, priorOn } from './code-pages.ts';
import { decodeAs } from './decode-as.ts';

const hasControls = (text: string) => /[\u0080-\u009f\ufffd]/u.test(text);
/** GB 18030, which TextDecoder reads as GBK, has characters with digits inside: a page's number would be lost in one. */
const digits = (text: string) => text.replace(/[^0-9]/g, '');

/** Returns the different parts of paths that are not ASCII: a folder's name says no more if it is there for each page. */
function partsOf(paths: readonly Uint8Array[]): Uint8Array[] {
  const parts = paths.flatMap((bytes) => Buffer.from(bytes).toString('latin1').split('/'));
  return [...new Set(parts)]
    .filter((part) => /[\u0080-\u00ff]/.test(part))
    .map((part) => Buffer.from(part, 'latin1'));
}

/**
 * Returns the likely encoding of texts that do not declare it: UTF-8 if all of them are valid UTF-8, otherwise the code page
 * that can decode all of them and makes them most likely. CP437 decodes everything, so there is always a result.
 * @param maker the kind of system that wrote them, if that is known
 */
export function guessEncoding(texts: readonly Uint8Array[], maker?: Maker): string {
  const odd = partsOf(texts);
  if (odd.every((bytes) => decodeAs('utf-8', bytes) !== undefined)) return 'utf-8';
  const readable = codePages.filter(({ label }) =>
    odd.every((bytes) => {
      const text = decodeAs(label, bytes);
      return (
        text !== undefined &&
        !hasControls(text) &&
        digits(text) === digits(Buffer.from(bytes).toString('latin1'))
      );
    }),
  );
  const scored = readable.map((page) => ({
    label: page.label,
    likelihood: Math.log(priorOn(maker, page)) + odd.reduce((sum, bytes) => sum + page.score(bytes), 0),
  }));
  return scored.reduce((best, one) => (one.likelihood > best.likelihood ? one : best), {
    label: 'cp437',
    likelihood: Number.NEGATIVE_INFINITY,
  }).label;
}
