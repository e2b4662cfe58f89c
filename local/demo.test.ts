import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { zipSync } from 'fflate';
import sharp from 'sharp';
import { heldStatus } from './demo/held.ts';
import { sampleChapter } from './sample.ts';
import { demo, demoFolder, jobIn, minute, runDemo } from './testing/demo-program.ts';

/** Tests the ends of the demo without a video; demo.long.ts makes one. */
const folder = demoFolder();

const page = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#888888' } })
    .png()
    .toBuffer();
const outside = async () =>
  Buffer.from(
    Buffer.from(zipSync({ 'xx/evil.png': await page(9, 9) }))
      .toString('latin1')
      .replaceAll('xx/evil', '../evil'),
    'latin1',
  );

test(
  'an unreadable chapter ends with one line, a failed job and exit status 1',
  async () => {
    await writeFile(join(folder.path, 'bad.cbz'), await outside());
    const { stdout, stderr, status } = await runDemo(folder.path, '--chapter', 'bad.cbz', '--verbose');
    expect(status).toBe(1);
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(/bad\.cbz .*\.\.\/evil\.png/)]);
    expect(jobIn(stdout)).toMatchObject({
      status: 'failed',
      error_name: 'ChapterUnreadable',
      failed_state: 'FetchManga',
    });
    expect(existsSync(join(folder.path, 'out'))).toBe(false);
  },
  minute,
);

test(
  'stops without a stack trace when the reader of its output is gone',
  async () => {
    const child = spawn(process.execPath, demo, { cwd: folder.path, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.once('data', () => child.stdout.destroy());
    const [stderr, status] = await Promise.all([
      text(child.stderr),
      new Promise<number | null>((resolve) => child.once('close', resolve)),
    ]);
    expect({ stderr, status }).toEqual({ stderr: '', status: 130 });
  },
  minute,
);

test(
  'two folders of pictures, one after the other, are two chapters',
  async () => {
    const info = '<ComicInfo><Series>Mun</Series><LanguageISO>en</LanguageISO></ComicInfo>';
    for (const name of ['one', 'two']) {
      await mkdir(join(folder.path, name));
      await copyFile(join(sampleChapter, '001.png'), join(folder.path, name, '1.png'));
      await writeFile(join(folder.path, name, 'ComicInfo.xml'), info);
      const { stderr, status } = await runDemo(folder.path, name);
      expect(status).toBe(heldStatus);
      expect(stderr).toMatch(new RegExp(`^held: ${name} is not published`));
    }
  },
  2 * minute,
);

test('names a missing chapter before anything starts', async () => {
  const { stdout, stderr, status } = await runDemo(folder.path, '--chapter', 'none.cbz');
  expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
  expect(stderr.trimEnd().split('\n')).toEqual([expect.stringContaining('none.cbz')]);
  expect(existsSync(join(folder.path, '.local'))).toBe(false);
});
