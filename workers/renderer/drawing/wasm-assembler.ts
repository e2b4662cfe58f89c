/**
 * A minimal WebAssembly assembler for the SIMD loops, so that their source is what runs, without a toolchain or a
 * binary in the repository. Opcodes are those of the core specification 3.0, chapter 5.
 */
export type Code = readonly (number | Code)[];

const valueTypes = { i32: 0x7f, v128: 0x7b };

export interface WasmFunction {
  name: string;
  /** Number of i32 parameters; locals 0, 1, … */
  parameters: number;
  /** Number of v128 locals, numbered after the parameters. */
  vectors: number;
  body: Code;
}

/** Unsigned LEB128. */
function unsigned(value: number): number[] {
  const bytes = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}

/** Signed LEB128 of a non-negative value. */
const signed = (value: number): number[] => {
  const bytes = unsigned(value);
  return ((bytes.at(-1) ?? 0) & 0x40) === 0 ? bytes : [...bytes.slice(0, -1), (bytes.at(-1) ?? 0) | 0x80, 0];
};

const simd = (code: number): number[] => [0xfd, ...unsigned(code)];
const unaligned = (offset: number): number[] => [0, ...unsigned(offset)];

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number, value: Code): Code => [value, 0x21, ...unsigned(local)];
export const i32 = (value: number): Code => [0x41, ...signed(value)];
export const add = (a: Code, b: Code): Code => [a, b, 0x6a];
export const load = (address: Code, offset = 0): Code => [address, 0x28, ...unaligned(offset)];

/** Runs `body`, and repeats it while `a` < `b`, both unsigned. */
export const repeatWhileLess = (body: Code, a: Code, b: Code): Code => [
  0x03,
  0x40,
  body,
  a,
  b,
  0x49,
  0x0d,
  0,
  0x0b,
];

export const vectorLoad = (address: Code, offset = 0): Code => [address, ...simd(0), ...unaligned(offset)];
export const vectorStore = (address: Code, value: Code): Code => [
  address,
  value,
  ...simd(11),
  ...unaligned(0),
];
/** Each byte of `indices` selects a byte of `from`. Indices are below 16: larger ones differ between machines. */
export const swizzle = (from: Code, indices: Code): Code => [from, indices, ...simd(256)];
/** The same 16-bit number in all eight lanes. */
export const splat16 = (value: Code): Code => [value, ...simd(16)];
/** Widens bytes 0–7 or 8–15 to 16-bit numbers. */
export const widenLow = (value: Code): Code => [value, ...simd(137)];
export const widenHigh = (value: Code): Code => [value, ...simd(138)];
export const add16 = (a: Code, b: Code): Code => [a, b, ...simd(142)];
export const subtract16 = (a: Code, b: Code): Code => [a, b, ...simd(145)];
/**
 * (a × b + 2^14) / 2^15 of signed numbers: `b` is a fraction of 2^15. Never both −2^15, for which results differ between
 * machines.
 */
export const multiplyFraction16 = (a: Code, b: Code): Code => [a, b, ...simd(273)];
export const shiftLeft16 = (value: Code, bits: number): Code => [value, i32(bits), ...simd(139)];
export const shiftRightSigned16 = (value: Code, bits: number): Code => [value, i32(bits), ...simd(140)];
/** Narrows sixteen signed numbers to bytes, clamped to 0 and 255. */
export const narrow = (low: Code, high: Code): Code => [low, high, ...simd(102)];

const flat = (code: Code): number[] =>
  code.flatMap((part) => (typeof part === 'number' ? [part] : flat(part)));
const vector = (items: readonly (readonly number[])[]): number[] => [
  ...unsigned(items.length),
  ...items.flat(),
];
const sized = (bytes: readonly number[]): number[] => [...unsigned(bytes.length), ...bytes];
const text = (name: string): number[] => sized([...new TextEncoder().encode(name)]);

/** Returns a module with these functions over the memory imported as `env.memory`, of `pages` of 64 KiB. */
export function assemble(functions: readonly WasmFunction[], pages: number): Uint8Array<ArrayBuffer> {
  const section = (id: number, bytes: readonly number[]) => [id, ...sized(bytes)];
  const types = functions.map(({ parameters }) => [
    0x60,
    ...vector(Array.from({ length: parameters }, () => [valueTypes.i32])),
    0,
  ]);
  const memory = [...text('env'), ...text('memory'), 2, 0, ...unsigned(pages)];
  const exported = functions.map(({ name }, index) => [...text(name), 0, ...unsigned(index)]);
  const bodies = functions.map(({ vectors, body }) =>
    sized([...vector([[...unsigned(vectors), valueTypes.v128]]), ...flat(body), 0x0b]),
  );
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector(types)),
    ...section(2, vector([memory])),
    ...section(3, vector(functions.map((_, index) => unsigned(index)))),
    ...section(7, vector(exported)),
    ...section(10, vector(bodies)),
  ]);
}
