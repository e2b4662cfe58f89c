import fc from 'fast-check';

/** One change of bytes. Positions are fractions, so that they remain valid after earlier changes. */
type Mutate = (bytes: Buffer) => Buffer;

const at = (bytes: Buffer, fraction: number) => Math.floor(fraction * Math.max(0, bytes.length - 1));
const fraction = fc.double({ min: 0, max: 1, noNaN: true });
/** Sizes, counts and offsets at which parsers break. */
const edges = [
  0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff,
];

const flipBit = fc.tuple(fraction, fc.nat(7)).map(
  ([where, bit]): Mutate =>
    (bytes) => {
      const changed = Buffer.from(bytes);
      const position = at(changed, where);
      if (changed.length > 0) changed[position] = (changed[position] ?? 0) ^ (1 << bit);
      return changed;
    },
);

const setNumber = fc.tuple(fraction, fc.constantFrom(...edges), fc.constantFrom(1, 2, 4), fc.boolean()).map(
  ([where, value, width, little]): Mutate =>
    (bytes) => {
      if (bytes.length < width) return bytes;
      const changed = Buffer.from(bytes);
      const position = Math.min(at(changed, where), changed.length - width);
      const fitting = value % 2 ** (8 * width);
      if (little) changed.writeUIntLE(fitting, position, width);
      else changed.writeUIntBE(fitting, position, width);
      return changed;
    },
);

const cutOut = fc.tuple(fraction, fraction).map(
  ([from, share]): Mutate =>
    (bytes) => {
      const start = at(bytes, from);
      const end = start + at(bytes, share / 4);
      return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
    },
);

const repeat = fc.tuple(fraction, fc.integer({ min: 1, max: 64 }), fc.integer({ min: 2, max: 32 })).map(
  ([from, length, times]): Mutate =>
    (bytes) => {
      const start = at(bytes, from);
      const part = bytes.subarray(start, start + length);
      return Buffer.concat([bytes.subarray(0, start), ...Array(times).fill(part), bytes.subarray(start)]);
    },
);

const truncate = fraction.map(
  (where): Mutate =>
    (bytes) =>
      bytes.subarray(0, at(bytes, where)),
);

const insert = (tokens: readonly Uint8Array[]) =>
  fc.tuple(fraction, fc.constantFrom(...tokens)).map(
    ([where, token]): Mutate =>
      (bytes) => {
        const position = at(bytes, where);
        return Buffer.concat([bytes.subarray(0, position), token, bytes.subarray(position)]);
      },
  );

/** Generates real files with one to six changes; `tokens` are words of the format, inserted in wrong places. */
export function mutated(
  originals: readonly Uint8Array[],
  tokens: readonly (string | Uint8Array)[],
): fc.Arbitrary<Buffer> {
  const change = fc.oneof(
    { weight: 4, arbitrary: flipBit },
    { weight: 4, arbitrary: setNumber },
    { weight: 2, arbitrary: cutOut },
    { weight: 2, arbitrary: repeat },
    { weight: 1, arbitrary: truncate },
    { weight: 2, arbitrary: insert(tokens.map((token) => Buffer.from(token as string))) },
  );
  return fc
    .tuple(fc.constantFrom(...originals), fc.array(change, { minLength: 1, maxLength: 6 }))
    .map(([original, changes]) => changes.reduce<Buffer>((bytes, one) => one(bytes), Buffer.from(original)));
}
