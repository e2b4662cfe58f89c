import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, inflateRawSync } from 'node:zlib';
import { deflater } from './deflate.ts';

const text = (size: number, seed: number) =>
  Buffer.from(Array.from({ length: size }, (_, index) => 97 + ((index * seed) % 23)));

test('compresses files, cached or not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'deflated-'));
  const files = [20_000, 300_000, 17_000, 90_000, 40].map((size, seed) => text(size, seed + 2));
  for (const { deflate } of [deflater(folder), deflater(folder)]) {
    const deflated = await Promise.all(files.map(deflate));
    expect(deflated.map((bytes) => inflateRawSync(bytes))).toEqual(files);
  }
  expect(readdirSync(folder)).toHaveLength(4);
});

test('only frames data that is already compressed', async () => {
  const trained = gzipSync(text(50_000, 7));
  const framed = await deflater(mkdtempSync(join(tmpdir(), 'deflated-'))).deflate(trained);
  expect(framed.byteLength - trained.byteLength).toBeLessThan(20);
  expect(inflateRawSync(framed)).toEqual(trained);
});

test('deletes cached files that are no longer requested', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'deflated-'));
  await Promise.all([text(20_000, 3), text(30_000, 5)].map(deflater(folder).deflate));
  expect(readdirSync(folder)).toHaveLength(2);
  const { deflate, prune } = deflater(folder);
  await deflate(text(20_000, 3));
  await prune();
  expect(readdirSync(folder)).toHaveLength(1);
});
