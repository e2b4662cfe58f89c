import {
  add,
  add16,
  assemble,
  type Code,
  get,
  i32,
  load,
  multiplyFraction16,
  narrow,
  repeatWhileLess,
  set,
  shiftLeft16,
  shiftRightSigned16,
  splat16,
  subtract16,
  swizzle,
  vectorLoad,
  vectorStore,
  type WasmFunction,
  widenHigh,
  widenLow,
} from './wasm-assembler.ts';

/** 16-bit numbers that the loops process in one step. */
export const lanes = 8;

/**
 * Weights are 256ths outside of the loops, and fractions of 2^15 inside; for bytes the largest one is equivalent to 1.
 */
export const fractionOf = (weight: number): number => Math.min(weight << 7, 32767);

/** a + (b − a) × weight, rounded, in eight lanes; `weight` is a fraction of 2^15. */
const mixed = (a: Code, b: Code, weight: Code): Code =>
  add16(a, multiplyFraction16(subtract16(b, a), weight));

/** blend(out, a, b, outEnd, weight): bytes of two runs mixed, sixteen at a time. */
function blend(): WasmFunction {
  const [out, a, b, end, weight, weights, first, second] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
  const bytes = (widen: (value: Code) => Code) => mixed(widen(get(first)), widen(get(second)), get(weights));
  const body = [
    set(weights, splat16(get(weight))),
    repeatWhileLess(
      [
        set(first, vectorLoad(get(a))),
        set(second, vectorLoad(get(b))),
        vectorStore(get(out), narrow(bytes(widenLow), bytes(widenHigh))),
        ...[out, a, b].map((pointer) => set(pointer, add(get(pointer), i32(16)))),
      ],
      get(out),
      get(end),
    ),
  ];
  return { name: 'blend', parameters: 5, vectors: 3, body };
}

/**
 * Input of `sample` for each sixteen pixels: for both halves sixteen byte indices (the left and then the right
 * neighbours of each pixel, within 16 bytes of the row) and eight weights, fractions of 2^15; the offsets of the bytes of
 * both halves, and the offset of the result.
 */
export const blockLayout = { indices: 0, weights: 32, sources: 64, target: 72, size: 80 };

/** sample(out, row, table, tableEnd): interpolates the pixels of one row between their two neighbours. */
function sample(): WasmFunction {
  const [out, row, table, end, found, low] = [0, 1, 2, 3, 4, 5] as const;
  const { indices, weights, sources, target, size } = blockLayout;
  const pick = (half: number) =>
    set(
      found,
      swizzle(
        vectorLoad(add(get(row), load(get(table), sources + 4 * half))),
        vectorLoad(get(table), indices + 16 * half),
      ),
    );
  const pixels = (half: number) =>
    mixed(widenLow(get(found)), widenHigh(get(found)), vectorLoad(get(table), weights + 16 * half));
  const body = [
    repeatWhileLess(
      [
        pick(0),
        set(low, pixels(0)),
        pick(1),
        vectorStore(add(get(out), load(get(table), target)), narrow(get(low), pixels(1))),
        set(table, add(get(table), i32(size))),
      ],
      get(table),
      get(end),
    ),
  ];
  return { name: 'sample', parameters: 4, vectors: 2, body };
}

/**
 * Input of `stretch` for each eight pixels: sixteen byte indices for their first and second neighbours and sixteen
 * for the third and fourth, within 16 bytes of the row; the weights of the four, eight fractions of 2^15 each; the offset
 * of those bytes, and the offset of the result.
 */
export const stretchLayout = { indices: 0, weights: 32, source: 96, target: 100, size: 112 };

/** Numbers between the two passes: 128 less than the byte, times 2^7, so that a filter can overshoot by a quarter. */
const centre = 128;
const fraction = 7;

/** stretch(out, row, table, tableEnd): pixels of one row as 16-bit numbers, each weighted from four neighbours. */
function stretch(): WasmFunction {
  const [out, row, table, end, source, found, sum, middle] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
  const { indices, weights } = stretchLayout;
  const weighed = (half: Code, tap: number) =>
    multiplyFraction16(
      shiftLeft16(subtract16(half, get(middle)), fraction),
      vectorLoad(get(table), weights + 16 * tap),
    );
  const pair = (first: number) =>
    add16(weighed(widenLow(get(found)), first), weighed(widenHigh(get(found)), first + 1));
  const pick = (first: number) =>
    set(found, swizzle(get(source), vectorLoad(get(table), indices + 8 * first)));
  const body = [
    set(middle, splat16(i32(centre))),
    repeatWhileLess(
      [
        set(source, vectorLoad(add(get(row), load(get(table), stretchLayout.source)))),
        pick(0),
        set(sum, pair(0)),
        pick(2),
        vectorStore(add(get(out), load(get(table), stretchLayout.target)), add16(get(sum), pair(2))),
        set(table, add(get(table), i32(stretchLayout.size))),
      ],
      get(table),
      get(end),
    ),
  ];
  return { name: 'stretch', parameters: 4, vectors: 4, body };
}

/** mix(out, outEnd, a, b, c, d, weights of a, b, c, d): bytes from four rows of numbers that `stretch` made. */
function mix(): WasmFunction {
  const [out, end] = [0, 1] as const;
  const rows = [2, 3, 4, 5];
  const weights = [6, 7, 8, 9];
  const vectors = [10, 11, 12, 13];
  const [half, middle] = [14, 15] as const;
  const sum = (offset: number) =>
    rows
      .map((row, tap) => multiplyFraction16(vectorLoad(get(row), offset), get(vectors[tap] as number)))
      .reduce((one, other) => add16(one, other));
  const bytes = (offset: number) =>
    add16(shiftRightSigned16(add16(sum(offset), get(half)), fraction), get(middle));
  const body = [
    ...weights.map((weight, tap) => set(vectors[tap] as number, splat16(get(weight)))),
    set(half, splat16(i32(1 << (fraction - 1)))),
    set(middle, splat16(i32(centre))),
    repeatWhileLess(
      [
        vectorStore(get(out), narrow(bytes(0), bytes(16))),
        set(out, add(get(out), i32(16))),
        ...rows.map((row) => set(row, add(get(row), i32(32)))),
      ],
      get(out),
      get(end),
    ),
  ];
  return { name: 'mix', parameters: 10, vectors: 6, body };
}

/** The part of the global that is used, since no installed type package declares it without the browser's globals. */
declare const WebAssembly: {
  Memory: new (size: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  Instance: new (module: object, imports: object) => { exports: unknown };
};

export interface SamplingLoops {
  blend(out: number, a: number, b: number, outEnd: number, weight: number): void;
  sample(out: number, row: number, table: number, tableEnd: number): void;
  stretch(out: number, row: number, table: number, tableEnd: number): void;
  mix(
    out: number,
    outEnd: number,
    a: number,
    b: number,
    c: number,
    d: number,
    weightOfA: number,
    weightOfB: number,
    weightOfC: number,
    weightOfD: number,
  ): void;
}

/** Returns a memory of `pages` × 64 KiB and the loops over it; addresses are bytes from its start. It never grows. */
export function compileLoops(pages: number): { buffer: ArrayBuffer; loops: SamplingLoops } {
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const module = new WebAssembly.Module(assemble([blend(), sample(), stretch(), mix()], pages));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return { buffer: memory.buffer, loops: exports as SamplingLoops };
}
