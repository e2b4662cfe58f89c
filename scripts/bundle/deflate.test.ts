import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, inflateRawSync } from 'node:zlib';
import { deflater } from './deflate.ts';
import { deflateNow } from './deflate-now.ts';

const text = (size: number, seed: number) =>
  Buffer.from(Array.from({ length: size }, (_, index) => 97 + ((index * seed) % 23)));

test('compresses files in parallel to the same bytes as alone', async () => {
  const { deflate } = deflater(mkdtempSync(join(tmpdir(), 'deflated-')));
  const files = [20_000, 300_000, 17_000, 90_000, 40].map((size, seed) => text(size, seed + 2));
  const deflated = await Promise.all(files.map(deflate));
  expect(deflated.map((bytes) => Buffer.from(bytes))).toEqual(
    files.map((bytes) => Buffer.from(deflateNow(bytes))),
  );
  expect(deflated.map((bytes) => inflateRawSync(bytes))).toEqual(files);
});

test('only frames data that is already compressed', () => {
  const trained = gzipSync(text(50_000, 7));
  const framed = deflateNow(trained);
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
