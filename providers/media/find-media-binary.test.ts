import { spawnSync } from 'node:child_process';
import { chmod, copyFile, mkdtemp, open, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { executableCopy, findFfmpeg, findFfprobe, untilRunnable } from './find-media-binary.ts';
import { runProcess } from './run-process.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'find-binary-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('finding FFmpeg', () => {
  test('uses the setting if it is executable', async () => {
    const binary = join(folder, 'mine');
    await writeFile(binary, '#!/bin/sh\nexit 0\n');
    await chmod(binary, 0o755);
    expect(await findFfmpeg(binary)).toBe(binary);
  });

  test('reports which setting is wrong and how to fix it', async () => {
    await expect(findFfmpeg(join(folder, 'missing'))).rejects.toMatchObject({
      name: 'ConfigurationError',
      message: expect.stringContaining('Set FFMPEG_PATH to an ffmpeg binary'),
    });
  });

  test('finds one that runs without a setting, also without PATH', async () => {
    for (const binary of [await findFfmpeg(undefined), await findFfprobe('')]) {
      await runProcess(binary, ['-version'], { timeoutMs: 10_000, environment: {} });
    }
  });

  test('says once why the one on PATH does not start, and uses another', async () => {
    const broken = join(folder, 'ffmpeg');
    await writeFile(broken, '#!/bin/sh\necho "libx264.so: cannot open shared object file" >&2\nexit 127\n');
    await chmod(broken, 0o755);
    const code = `
      const { findFfmpeg } = await import('${import.meta.resolve('./find-media-binary.ts')}');
      await findFfmpeg(undefined);
      console.log(await findFfmpeg(undefined));`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
      env: { PATH: `${folder}:${process.env.PATH}`, NODE_NO_WARNINGS: '1' },
      encoding: 'utf8',
    });
    expect(stdout).toMatch(/ffmpeg/);
    expect(stdout).not.toContain(broken);
    expect(stderr).toBe(
      `${broken} does not start (${broken} ended with status 127: libx264.so: cannot open shared object file); ${stdout.trim()} is used instead\n`,
    );
  });

  test('makes one executable copy of a binary without the executable bit and reuses it', async () => {
    const binary = join(folder, 'plain-program');
    await writeFile(binary, '#!/bin/sh\nexit 0\n', { mode: 0o644 });
    const [copy, again] = await Promise.all([executableCopy(binary), executableCopy(binary)]);
    expect(again).toBe(copy);
    await runProcess(copy, [], { timeoutMs: 10_000 });
    const made = (await stat(copy)).ino;
    expect((await stat(await executableCopy(binary))).ino).toBe(made);
    expect((await stat(binary)).mode & 0o111).toBe(0);
    await rm(copy);
  });

  test('waits with a copy that another process has open for writing, which cannot be run', async () => {
    const program = join(folder, 'busy-program');
    await copyFile('/bin/true', program);
    const writer = await open(program, 'r+');
    expect(spawnSync(program).error).toMatchObject({ code: 'ETXTBSY' });

    const runnable = untilRunnable(program);
    await writer.close();
    await runnable;
    expect(spawnSync(program).status).toBe(0);
  });
});
