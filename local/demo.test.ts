import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { zipSync } from 'fflate';
import sharp from 'sharp';
import { findFfmpeg, findFfprobe } from '../providers/media/find-media-binary.ts';
import { audioStreamOf, probeMedia, videoStreamOf } from '../providers/media/testing/probe-media.ts';

const demo = [join(import.meta.dirname, '../scripts/manga.ts'), 'demo'];
const minute = 60_000;

async function runProgram(program: string, args: string[], options: { cwd: string; timeout: number }) {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, status] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.once('close', resolve)),
  ]);
  return { stdout, stderr, status };
}

/** Runs the demo in a separate folder, as `make demo` does in the project's. */
const runDemo = (cwd: string, ...args: string[]) =>
  runProgram(process.execPath, [...demo, ...args], { cwd, timeout: 8 * minute });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface JobRecord {
  job_id: string;
  status: string;
  speech_seconds: number;
  counted_on: string;
}

/** The job record that the demo prints. */
const jobIn = (stdout: string) => JSON.parse(stdout.match(/^job (\{[\s\S]*?^\})/m)?.[1] ?? '{}') as JobRecord;

const command = "\"; touch OWNED # $(touch OWNED) `touch OWNED` '$HOME' %n";

/** Writes a chapter with the shortest page of the sample, whose texts and names would each run a command in a shell. */
async function writeChapter(name: string): Promise<void> {
  const page = await readFile(join(import.meta.dirname, '../samples/ke-trom-o/001.png'));
  const escaped = command.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const info = `<ComicInfo><Series>Mun</Series><Title>${escaped}</Title><Summary>${escaped}</Summary><LanguageISO>vi</LanguageISO></ComicInfo>`;
  const pages = { [`${command}.png`]: page, 'ComicInfo.xml': Buffer.from(info) };
  await writeFile(join(folder, name), zipSync(pages));
}

test(
  'a chapter becomes one video with picture and sound, and none of its texts runs as a command',
  async () => {
    const name = `${command.replaceAll('/', '')}.cbz`;
    await writeChapter(name);
    const { stdout, stderr, status } = await runDemo(folder, '--chapter', name, '--verbose');
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    const job = jobIn(stdout);
    expect(job).toMatchObject({ status: 'published', counted_on: expect.any(String) });
    const video = join('out', job.job_id, 'video.mp4');
    const ending = stdout.trimEnd().split('\n').slice(-5);
    expect(ending.map((line) => line.split(':', 1)[0])).toEqual([
      'published',
      'made of',
      'beside it',
      'more',
      'video',
    ]);
    expect(ending.at(-1)).toBe(`video: ${video}`);
    // Piped output has no colours, and names a file as what it is.
    expect(stdout).not.toContain('\x1b');
    expect(stdout).not.toMatch(/youtube_url/);
    expect((await readdir(join(folder, 'out', job.job_id))).sort()).toEqual([
      'captions.vi.srt',
      'captions.vi.vtt',
      'metadata.json',
      'shots.json',
      'thumbnail.jpg',
      'video.mp4',
    ]);

    const info = await probeMedia(join(folder, video), { ffprobe: await findFfprobe(undefined) });
    const picture = videoStreamOf(info);
    const sound = audioStreamOf(info);
    expect(picture).toMatchObject({ codec_name: 'h264', width: 1920, height: 1080, avg_frame_rate: 30 });
    expect(sound).toMatchObject({ codec_name: 'aac' });
    const seconds = picture?.duration ?? 0;
    expect(Math.abs(seconds - job.speech_seconds) / job.speech_seconds).toBeLessThan(0.01);
    expect(Math.abs(seconds - (sound?.duration ?? 0))).toBeLessThan(0.04);

    const filters = ['-vf', 'blackdetect=d=0.5:pix_th=0.1', '-af', 'silencedetect=n=-50dB:d=3,volumedetect'];
    const { stderr: report } = await runProgram(
      await findFfmpeg(undefined),
      ['-hide_banner', '-nostdin', '-i', join(folder, video), ...filters, '-f', 'null', '-'],
      { cwd: folder, timeout: 2 * minute },
    );
    expect(report).not.toContain('black_start');
    expect(report).not.toContain('silence_start');
    expect(Number(report.match(/mean_volume: (-?[\d.]+) dB/)?.[1])).toBeGreaterThan(-30);
    expect(await readFile(join(folder, 'out', job.job_id, 'captions.vi.srt'), 'utf8')).toMatch(
      /^1\n00:00:00/,
    );

    const out = join(folder, 'out', job.job_id);
    const { title, description } = JSON.parse(await readFile(join(out, 'metadata.json'), 'utf8'));
    expect(title).toContain('"; touch OWNED # $(touch OWNED)');
    expect(description).toContain(command);
    const everything = await readdir(folder, { recursive: true });
    expect(everything.filter((file) => file.endsWith('OWNED'))).toEqual([]);

    const again = await runDemo(folder, '--chapter', name);
    expect(again.status).toBe(0);
    expect(again.stdout).toContain('already published');
    expect(again.stdout.trimEnd().split('\n').at(-1)).toBe(`video: ${video}`);
    expect((await readdir(join(folder, 'out'))).length).toBe(1);
  },
  10 * minute,
);

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
    await writeFile(join(folder, 'bad.cbz'), await outside());
    const { stdout, stderr, status } = await runDemo(folder, '--chapter', 'bad.cbz', '--verbose');
    expect(status).toBe(1);
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(/bad\.cbz .*\.\.\/evil\.png/)]);
    expect(jobIn(stdout)).toMatchObject({
      status: 'failed',
      error_name: 'ChapterUnreadable',
      failed_state: 'FetchManga',
    });
    expect(existsSync(join(folder, 'out'))).toBe(false);
  },
  minute,
);

test(
  'stops without a stack trace when the reader of its output is gone',
  async () => {
    const child = spawn(process.execPath, demo, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.once('data', () => child.stdout.destroy());
    const [stderr, status] = await Promise.all([
      text(child.stderr),
      new Promise<number | null>((resolve) => child.once('close', resolve)),
    ]);
    expect({ stderr, status }).toEqual({ stderr: '', status: 130 });
  },
  minute,
);

test('names a missing chapter before anything starts', async () => {
  const { stdout, stderr, status } = await runDemo(folder, '--chapter', 'none.cbz');
  expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
  expect(stderr.trimEnd().split('\n')).toEqual([expect.stringContaining('none.cbz')]);
  expect(existsSync(join(folder, '.local'))).toBe(false);
});
