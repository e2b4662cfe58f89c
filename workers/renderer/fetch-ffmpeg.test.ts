import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ArtifactInvalid } from '../../domain/errors.ts';
import { runProcess } from '../../providers/media/run-process.ts';
import { fetchFfmpeg } from './fetch-ffmpeg.ts';

const program = gzipSync('#!/bin/sh\necho "ffmpeg version $1"\n');
const sha256 = createHash('sha256').update(program).digest('hex');
const url = `s3://artifacts/workers/renderer/${sha256}.gz`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ffmpeg-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('fetches the program from the bucket, and it runs', async () => {
  const keys: string[] = [];
  const path = await fetchFfmpeg({ url, sha256 }, folder, async (key, file) => {
    keys.push(key);
    await writeFile(file, program);
  });
  let output = '';
  await runProcess(path, ['7'], { timeoutMs: 10_000, onOutput: (chunk) => (output += chunk) });
  expect(output).toBe('ffmpeg version 7\n');
  expect(keys).toEqual([`workers/renderer/${sha256}.gz`]);
  expect(await readdir(folder)).toEqual(['ffmpeg']);
});

test('refuses another program', async () => {
  const other = (_: string, file: string) => writeFile(file, gzipSync('other'));
  await expect(fetchFfmpeg({ url, sha256 }, folder, other)).rejects.toMatchObject({
    name: 'ConfigurationError',
    message: expect.stringContaining('is not the FFmpeg that was deployed'),
  });
});

test('fails so that the flow tries again when a deployment has replaced the program', async () => {
  const gone = () => Promise.reject(new ArtifactInvalid(`${url} is missing`));
  await expect(fetchFfmpeg({ url, sha256 }, folder, gone)).rejects.toMatchObject({ name: 'RenderError' });
});
