import { decodeAs } from './decode-as.ts';

/** Encodes a text; undefined if the code page lacks one of its characters. */
export type Encode = (text: string) => Uint8Array | undefined;

const tones = /[\u0300\u0301\u0303\u0309\u0323]/;

/** Returns the bytes of each character, by decoding all bytes. */
function tableOf(label: string): Map<string, number[]> {
  const bytesOf = new Map<string, number[]>();
  const isWide = !/^(cp|windows|ibm|koi)/.test(label);
  for (let lead = 0xff; lead >= 0x80; lead--) {
    for (let trail = 0xff; isWide && trail >= 0x40; trail--) {
      const text = decodeAs(label, Uint8Array.of(lead, trail));
      if (text !== undefined && [...text].length === 1) bytesOf.set(text, [lead, trail]);
    }
    const single = decodeAs(label, Uint8Array.of(lead));
    if (single !== undefined && [...single].length === 1) bytesOf.set(single, [lead]);
  }
  return bytesOf;
}

function encoder(label: string): Encode {
  const bytesOf = tableOf(label);
  const encode = (one: string) => (one < '\u0080' ? [one.charCodeAt(0)] : bytesOf.get(one));
  /** Windows writes Vietnamese tones as separate characters. */
  const encodeApart = (one: string) => {
    const parts = [...one.normalize('NFD')];
    const letter = parts.filter((part) => !tones.test(part)).join('');
    return [letter.normalize('NFC'), ...parts.filter((part) => tones.test(part))].map(encode);
  };
  return (text) => {
    const bytes = [...text].flatMap(
      (one) => encode(one) ?? encodeApart(one).flatMap((part) => part ?? [undefined]),
    );
    return bytes.includes(undefined) ? undefined : Uint8Array.from(bytes as number[]);
  };
}

const encoders = new Map<string, Encode>();

/** Returns the encoder of a code page, made once. */
export function encoderOf(label: string): Encode {
  const encode = encoders.get(label) ?? encoder(label);
  encoders.set(label, encode);
  return encode;
}
