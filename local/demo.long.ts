import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { findFfmpeg, findFfprobe } from '../providers/media/find-media-binary.ts';
import { audioStreamOf, probeMedia, videoStreamOf } from '../providers/media/testing/probe-media.ts';
import { demoFolder, jobIn, minute, runDemo, runProgram } from './testing/demo-program.ts';

const folder = demoFolder();

const command = "\"; touch OWNED # $(touch OWNED) `touch OWNED` '$HOME' %n";

/** Writes a chapter with the shortest page of the sample, whose texts and names would each run a command in a shell. */
async function writeChapter(name: string): Promise<void> {
  const page = await readFile(join(import.meta.dirname, '../samples/ke-trom-o/001.png'));
  const escaped = command.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const info = `<ComicInfo><Series>Mun</Series><Title>${escaped}</Title><Summary>${escaped}</Summary><LanguageISO>vi</LanguageISO></ComicInfo>`;
  const pages = { [`${command}.png`]: page, 'ComicInfo.xml': Buffer.from(info) };
  await writeFile(join(folder.path, name), zipSync(pages));
}

test(
  'a chapter becomes one video with picture and sound, and none of its texts runs as a command',
  async () => {
    const name = `${command.replaceAll('/', '')}.cbz`;
    await writeChapter(name);
    const { stdout, stderr, status } = await runDemo(folder.path, '--chapter', name, '--verbose');
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
    expect((await readdir(join(folder.path, 'out', job.job_id))).sort()).toEqual([
      'captions.vi.srt',
      'captions.vi.vtt',
      'metadata.json',
      'script.json',
      'shots.json',
      'speech.json',
      'thumbnail.jpg',
      'video.mp4',
    ]);

    const info = await probeMedia(join(folder.path, video), { ffprobe: await findFfprobe(undefined) });
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
      ['-hide_banner', '-nostdin', '-i', join(folder.path, video), ...filters, '-f', 'null', '-'],
      { cwd: folder.path, timeout: 2 * minute },
    );
    expect(report).not.toContain('black_start');
    // It is silent only at its end, while the end card is being read.
    for (const [, at] of report.matchAll(/silence_start: ([\d.]+)/g))
      expect(Number(at)).toBeGreaterThan(seconds - 20);
    expect(Number(report.match(/mean_volume: (-?[\d.]+) dB/)?.[1])).toBeGreaterThan(-30);
    expect(await readFile(join(folder.path, 'out', job.job_id, 'captions.vi.srt'), 'utf8')).toMatch(
      /^1\n00:00:00/,
    );

    const out = join(folder.path, 'out', job.job_id);
    const { title, description } = JSON.parse(await readFile(join(out, 'metadata.json'), 'utf8'));
    expect(title).toContain('"; touch OWNED # $(touch OWNED)');
    expect(description).toContain(command);
    const everything = await readdir(folder.path, { recursive: true });
    expect(everything.filter((file) => file.endsWith('OWNED'))).toEqual([]);

    const again = await runDemo(folder.path, '--chapter', name);
    expect(again.status).toBe(0);
    expect(again.stdout).toContain('already published');
    expect(again.stdout.trimEnd().split('\n').at(-1)).toBe(`video: ${video}`);
    expect((await readdir(join(folder.path, 'out'))).length).toBe(1);
    // The last line is where the video is, not where it would be put now.
    const elsewhere = await runDemo(folder.path, '--chapter', name, '--out', 'elsewhere');
    expect(elsewhere.stdout.trimEnd().split('\n').at(-1)).toBe(`video: ${video}`);
    await mkdir(join(folder.path, 'series'));
    await writeChapter(join('series', name));
    const namesake = await runDemo(folder.path, '--chapter', join('series', name));
    expect(namesake.stdout).toContain('was another chapter named');
    expect((await readdir(join(folder.path, 'out'))).length).toBe(2);
    await rm(join(folder.path, 'out'), { recursive: true });
    const gone = await runDemo(folder.path, '--chapter', join('series', name));
    expect(gone.status).toBe(1);
    expect(gone.stderr).toMatch(
      /^demo: already published as file:.*, which is gone; AGAIN=1 publishes it again\n$/,
    );
  },
  10 * minute,
);
