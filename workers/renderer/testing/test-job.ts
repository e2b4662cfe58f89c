import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { artifactsOf } from '../../../domain/artifacts.ts';
import type { Chapter } from '../../../domain/chapter.ts';
import { ArtifactInvalid } from '../../../domain/errors.ts';
import type { Panel, Panels } from '../../../domain/page.ts';
import type { Script } from '../../../domain/script.ts';
import type { Speech } from '../../../domain/speech.ts';
import { runFfmpeg } from '../../../providers/media/run-ffmpeg.ts';
import type { RendererPorts } from '../ports.ts';
import type { PreviewPorts } from '../preview/preview-video.ts';

/** A small job for tests: one drawn page of three panels, and tones for speech. */
export const jobId = 'job-test1';
const artifacts = artifactsOf(jobId);
const page = { number: 1, width: 600, height: 800 };

const panel = (position: number, x: number, y: number, w: number, h: number): Panel => ({
  id: `p001-${position}`,
  x,
  y,
  w,
  h,
  bubbles: [],
});

const testPanels: Panels = {
  job_id: jobId,
  pages: [
    {
      ...page,
      panels: [panel(1, 20, 20, 560, 240), panel(2, 20, 280, 270, 500), panel(3, 310, 280, 270, 500)],
    },
  ],
};

const testScript: Script = {
  job_id: jobId,
  narrator: 'test',
  language: 'vi',
  segments: [
    { index: 0, kind: 'opening', text: 'Chương một', page: 1, panels: ['p001-1'], pause_after: 0.31 },
    {
      index: 1,
      kind: 'speech',
      text: 'Xin chào các bạn',
      page: 1,
      panels: ['p001-1', 'p001-2'],
      pause_after: 0.2,
    },
    { index: 2, kind: 'closing', text: 'Hết rồi', page: 1, panels: ['p001-3'], pause_after: 0.17 },
  ],
};

const durations = [0.9137, 2.2018, 0.7771];

export const testSpeech: Speech = {
  job_id: jobId,
  voice: 'test',
  duration: durations.reduce((sum, duration) => sum + duration, 0.68),
  segments: testScript.segments.map(({ index, pause_after, text }) => ({
    index,
    audio: artifacts.speechAudio(index),
    duration: durations[index] ?? 1,
    pause_after,
    words: [{ text, start: 0, end: 0.7 }],
  })),
};

export const testChapter: Chapter = {
  job_id: jobId,
  chapter_id: 'chapter',
  manga_id: 'manga',
  manga_title: 'Truyện',
  number: '1',
  title: null,
  summary: null,
  language: 'vi',
  reading_direction: 'rtl',
  credits: [{ role: 'Tranh', name: 'Mèo 🐱' }],
  licence: null,
  source: { name: 'test', url: null },
  pages: [{ ...page, key: artifacts.page(1) }],
};

/** Puts the job's artifacts into a folder that stands in for the bucket. */
export async function writeTestJob(bucket: string, ffmpeg: string): Promise<void> {
  const put = async (key: string, content: string | Uint8Array) => {
    await mkdir(dirname(join(bucket, key)), { recursive: true });
    await writeFile(join(bucket, key), content);
  };
  await put(artifacts.chapter, JSON.stringify(testChapter));
  await put(artifacts.panels, JSON.stringify(testPanels));
  await put(artifacts.script, JSON.stringify(testScript));
  await put(artifacts.speech, JSON.stringify(testSpeech));
  await put(artifacts.page(1), await drawPage());
  for (const { audio, duration } of testSpeech.segments) {
    await put(audio, '');
    // Longer and shorter than speech.json says: the renderer must follow speech.json.
    const tone = ['-f', 'lavfi', '-t', String(duration * 1.1), '-i', 'sine=frequency=330:sample_rate=22050'];
    await runFfmpeg([...tone, '-f', 'mp3', join(bucket, audio)], { binary: ffmpeg, timeoutMs: 20_000 });
  }
}

function drawPage(): Promise<Buffer> {
  const colours = ['#d8663a', '#3a7bd8', '#5aa04c'];
  const shapes = testPanels.pages[0]?.panels.map(
    ({ x, y, w, h }, index) =>
      `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${colours[index]}" stroke="black" stroke-width="6"/>` +
      `<circle cx="${x + w / 2}" cy="${y + h / 2}" r="80" fill="white"/>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="800"><rect width="600" height="800" fill="#fff"/>${shapes?.join('')}</svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 90 }).toBuffer();
}

const versionOf = async (file: string) =>
  createHash('md5')
    .update(await readFile(file))
    .digest('hex');

/** Returns the hash of each file of a folder in a bucket, by its key. */
export async function versionsIn(bucket: string, prefix: string): Promise<Map<string, string>> {
  const names = existsSync(join(bucket, prefix)) ? readdirSync(join(bucket, prefix)) : [];
  const versions = names.map(async (name) => {
    const key = `${prefix}${name}`;
    return [key, await versionOf(join(bucket, key))] as const;
  });
  return new Map(await Promise.all(versions));
}

/** Ports over a folder, with a record of uploads and of both kinds of reports. */
export function folderPorts(bucket: string) {
  const uploaded: string[] = [];
  const reported: number[] = [];
  const broken: string[] = [];
  const ports: RendererPorts & PreviewPorts = {
    async readJson(key) {
      const text = await readFile(join(bucket, key), 'utf8');
      try {
        return JSON.parse(text);
      } catch (cause) {
        throw new ArtifactInvalid(`${key} does not match its schema`, { cause });
      }
    },
    download: (key, toFile) => copyFile(join(bucket, key), toFile),
    exists: async (key) => existsSync(join(bucket, key)),
    downloadVersion: async (key, version, toFile) => {
      if ((await versionOf(join(bucket, key))) !== version) throw new Error(`${key} has changed`);
      await ports.download(key, toFile);
    },
    versionsBelow: (prefix) => versionsIn(bucket, prefix),
    upload: async (key, fromFile) => {
      uploaded.push(key);
      await mkdir(dirname(join(bucket, key)), { recursive: true });
      await copyFile(fromFile, join(bucket, key));
    },
    reportBroken: async (key) => {
      broken.push(key);
    },
    reportProgress: async (done) => {
      reported.push(done);
    },
  };
  return { ports, uploaded, reported, broken };
}
