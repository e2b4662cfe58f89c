import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import * as z from 'zod';
import { startBucket } from './testing/embedded-cloud.ts';

const endBucket = await startBucket('artifacts');
const { artifactStore } = await import('./artifact-store.ts');
const { bucketLibrary } = await import('./bucket-library.ts');
const { s3 } = await import('./clients/s3.ts');
const folder = await mkdtemp(join(tmpdir(), 'artifact-store-'));
afterAll(async () => {
  await endBucket();
  await rm(folder, { recursive: true });
});

const store = artifactStore('artifacts');
const Shape = z.object({ title: z.string() });

test('reads back the JSON that it wrote', async () => {
  await store.putJson('jobs/job-one/a.json', { title: 'Cô bé và chú mèo' });
  expect(await store.getJson('jobs/job-one/a.json', Shape)).toEqual({ title: 'Cô bé và chú mèo' });
});

test('distinguishes a missing artifact from a broken one', async () => {
  expect(await store.findJson('jobs/job-one/none.json', Shape)).toBeUndefined();
  await expect(store.getJson('jobs/job-one/none.json', Shape)).rejects.toMatchObject({
    name: 'ArtifactInvalid',
    message: 's3://artifacts/jobs/job-one/none.json is missing',
  });
  await store.putBytes('jobs/job-one/half.json', Buffer.from('{"title":'), 'application/json');
  await expect(store.findJson('jobs/job-one/half.json', Shape)).rejects.toMatchObject({
    name: 'ArtifactInvalid',
  });
  await store.putJson('jobs/job-one/other.json', { titel: 'x' });
  await expect(store.findJson('jobs/job-one/other.json', Shape)).rejects.toMatchObject({
    name: 'ArtifactInvalid',
  });
});

describe('a change', () => {
  const Counted = z.object({ by: z.array(z.number()) });

  test('by many writers at once loses none', async () => {
    const writers = Array.from({ length: 12 }, (_, i) => i);
    const results = await Promise.all(
      writers.map((writer) =>
        store.changeJson('jobs/job-one/counted.json', Counted, async (before) => {
          const after = { by: [...(before?.by ?? []), writer] };
          return { after, result: after.by.length };
        }),
      ),
    );
    const { by } = await store.getJson('jobs/job-one/counted.json', Counted);
    expect(by.toSorted((a, b) => a - b)).toEqual(writers);
    // Each saw those before it.
    expect(results.toSorted((a, b) => a - b)).toEqual(writers.map((writer) => writer + 1));
  });

  test('without a new value writes nothing', async () => {
    expect(await store.changeJson('jobs/job-one/no.json', Counted, () => ({ result: 7 }))).toBe(7);
    expect(await store.exists('jobs/job-one/no.json')).toBe(false);
  });

  test('begins again when the object is deleted between', async () => {
    await store.putJson('jobs/job-one/gone.json', { by: [1] });
    const seen: unknown[] = [];
    await store.changeJson('jobs/job-one/gone.json', Counted, async (before) => {
      seen.push(before);
      if (before) await store.deleteAll(['jobs/job-one/gone.json']);
      return { after: { by: [2] }, result: undefined };
    });
    expect(seen).toEqual([{ by: [1] }, undefined]);
    expect(await store.getJson('jobs/job-one/gone.json', Counted)).toEqual({ by: [2] });
  });

  test('does not repeat what failed in it', async () => {
    let calls = 0;
    const fails = () => {
      calls++;
      throw new Error('no');
    };
    await expect(store.changeJson('jobs/job-one/no.json', Counted, fails)).rejects.toThrow('no');
    expect(calls).toBe(1);
  });
});

test('names a missing object', async () => {
  const missing = { name: 'ArtifactInvalid', message: 's3://artifacts/jobs/job-one/video.mp4 is missing' };
  await expect(store.getBytes('jobs/job-one/video.mp4')).rejects.toMatchObject(missing);
  await expect(store.download('jobs/job-one/video.mp4', join(folder, 'none'))).rejects.toMatchObject(missing);
});

test.each([
  ['small', 1000],
  ['in parts', 40 * 1024 * 1024],
])('stores and reads a file: %s', async (name, size) => {
  const from = join(folder, name);
  await writeFile(from, Buffer.alloc(size, name));
  await store.upload(`jobs/job-one/${name}`, from, 'application/octet-stream');
  await store.download(`jobs/job-one/${name}`, join(folder, 'back'));
  expect((await readFile(join(folder, 'back'))).equals(await readFile(from))).toBe(true);
  expect((await readdir(folder)).filter((file) => file.endsWith('.part'))).toEqual([]);
  expect(await store.exists(`jobs/job-one/${name}`)).toBe(true);
});

describe('a connection that breaks', () => {
  /** Loses the first response to a command, after the whole request was received. */
  function loseFirst(command: string, lose: (result: { output?: object }) => void) {
    let isFirst = true;
    s3.middlewareStack.add(
      (next, context) => async (args) => {
        const result = await next(args);
        if (context.commandName === command && isFirst) {
          isFirst = false;
          lose(result);
        }
        return result;
      },
      { step: 'deserialize', priority: 'high', name: 'loseFirst' },
    );
  }
  afterEach(() => void s3.middlewareStack.remove('loseFirst'));

  test('repeats an upload from the file when its response is lost', async () => {
    const from = join(folder, 'lost');
    await writeFile(from, 'whole');
    loseFirst('PutObjectCommand', () => {
      throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET' });
    });
    await store.upload('jobs/job-one/lost', from, 'text/plain');
    expect(Buffer.from(await store.getBytes('jobs/job-one/lost')).toString()).toBe('whole');
  });

  test('does not repeat an upload after the signal, since another process could have cleaned up', async () => {
    const stop = new AbortController();
    const stopped = artifactStore('artifacts', stop.signal);
    loseFirst('PutObjectCommand', () => {
      stop.abort();
      throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET' });
    });
    await expect(stopped.putJson('jobs/job-one/late.json', {})).rejects.toThrow();
    await store.deleteAll(['jobs/job-one/late.json']);
    await expect(stopped.putJson('jobs/job-one/late.json', {})).rejects.toMatchObject({ name: 'AbortError' });
    expect(await store.exists('jobs/job-one/late.json')).toBe(false);
  });

  test('requests an object again when it breaks off', async () => {
    await store.putBytes('jobs/job-one/broken', Buffer.from('whole'), 'text/plain');
    loseFirst('GetObjectCommand', ({ output }) => {
      const half = new Readable({ read() {} });
      half.push('who');
      setImmediate(() => half.destroy(new Error('aborted')));
      Object.assign(output ?? {}, { Body: half });
    });
    await store.download('jobs/job-one/broken', join(folder, 'broken'));
    expect(await readFile(join(folder, 'broken'), 'utf8')).toBe('whole');
  });
});

test('lists many pages and deletes a batch', async () => {
  const keys = Array.from({ length: 1001 }, (_, index) => `jobs/job-many/${String(index).padStart(4, '0')}`);
  for (const key of keys) await store.putBytes(key, Buffer.from('x'), 'text/plain');
  const listed = [];
  for await (const { key, size } of store.list('jobs/job-many/')) listed.push([key, size]);
  expect(listed).toEqual(keys.map((key) => [key, 1]));
  await store.deleteAll(keys.slice(0, 1000));
  expect(await store.exists('jobs/job-many/0999')).toBe(false);
  expect(await store.exists('jobs/job-many/1000')).toBe(true);
});

test('the library of the bucket returns names below its prefix, and files', async () => {
  await store.putBytes('library/series/01.cbz', Buffer.from('zip'), 'application/zip');
  const library = bucketLibrary(store, 'library/');
  const names = [];
  for await (const name of library.list()) names.push(name);
  expect(names).toEqual(['series/01.cbz']);
  expect(await library.withLocalFile('series/01.cbz', (path) => readFile(path, 'utf8'))).toBe('zip');
  await store.putBytes('library/long', Buffer.alloc(9000, 'x'), 'image/jpeg');
  expect((await library.head('long')).byteLength).toBe(4096);
  expect(Buffer.from(await library.head('series/01.cbz')).toString()).toBe('zip');
  expect((await library.read('long', 9000)).byteLength).toBe(9000);
  await expect(library.read('long', 8192)).rejects.toThrow('long is larger than 8 KiB');
});
