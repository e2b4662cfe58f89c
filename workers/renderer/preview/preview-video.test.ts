import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { artifactsOf } from '../../../domain/artifacts.ts';
import { findFfmpeg } from '../../../providers/media/find-media-binary.ts';
import { DrawingMemory } from '../drawing/drawing-memory.ts';
import { folderPorts, jobId, testSpeech, writeTestJob } from '../testing/test-job.ts';
import { drawPreview, type PreviewOptions, planPreview } from './preview-video.ts';

let folder: string;
let options: PreviewOptions;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'preview-'));
  const ffmpeg = await findFfmpeg(undefined);
  await writeTestJob(join(folder, 'bucket'), ffmpeg);
  options = {
    ...{ formats: ['16:9'], burnSubtitles: true, ffmpeg, workDirectory: join(folder, 'work') },
    signal: new AbortController().signal,
  };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const ports = () => folderPorts(join(folder, 'bucket')).ports;
const memory = new DrawingMemory();
const plan = (edits: { index: number; text: string }[] = [], of = options) =>
  planPreview({ job_id: jobId, edits }, ports(), of);

/** Returns the grey levels of a frame's picture. */
async function pixels(planned: Awaited<ReturnType<typeof plan>>, frame: number): Promise<Buffer> {
  const parts = { ports: ports(), memory, options };
  const jpeg = await drawPreview(planned, { format: '16:9', frame }, parts);
  const { data, info } = await sharp(jpeg).greyscale().raw().toBuffer({ resolveWithObject: true });
  expect([info.width, info.height]).toEqual([960, 540]);
  return data;
}
/** The mean difference of two pictures. */
const difference = (one: Buffer, other: Buffer) =>
  one.reduce((sum, value, at) => sum + Math.abs(value - (other[at] ?? 0)), 0) / one.length;

test('the plan has the times of the speech, and those of the letters where a sentence is not spoken as it is written', async () => {
  const spoken = await plan();
  expect(spoken.estimated).toEqual([]);
  expect(spoken.frames).toBe(Math.round(testSpeech.duration * spoken.frames_per_second));
  const longer = await plan([{ index: 1, text: `${'Xin chào các bạn '.repeat(20)}` }]);
  expect(longer.estimated).toEqual([1]);
  expect(longer.frames).toBeGreaterThan(spoken.frames * 3);
  expect(longer.shots.at(-1)).toMatchObject({ segments: [2], page: 1 });
});

test('a job without speech is planned with estimates alone', async () => {
  const silent = { ...ports(), exists: async (key: string) => key !== artifactsOf(jobId).speech };
  const { estimated, cues } = await planPreview({ job_id: jobId, edits: [] }, silent, options);
  expect(estimated).toEqual([0, 1, 2]);
  expect(cues.map(({ lines }) => lines.join(' '))).toEqual(['Chương một', 'Xin chào các bạn', 'Hết rồi']);
});

test('a missing script is named while the search for speech still takes its time', async () => {
  const slow = { ...ports(), exists: () => new Promise<boolean>(() => {}) };
  await expect(planPreview({ job_id: 'job-none', edits: [] }, slow, options)).rejects.toThrow(
    'jobs/job-none/',
  );
});

test('each shot has its picture, and an edited sentence its subtitle', async () => {
  const planned = await plan();
  const middle = ({ first_frame, frames }: { first_frame: number; frames: number }) =>
    first_frame + Math.floor(frames / 2);
  const pictures = [];
  for (const shot of planned.shots) pictures.push(await pixels(planned, middle(shot)));
  for (const [at, picture] of pictures.entries())
    for (const other of pictures.slice(at + 1)) expect(difference(picture, other)).toBeGreaterThan(4);
  const [shot] = planned.shots.filter(({ segments }) => segments.includes(1));
  const frame = middle(shot ?? { first_frame: 0, frames: 1 });
  const cues = planned.cues.map((cue) => ({ ...cue, lines: ['MMMMMMMMMMMMMMMM'] }));
  const [before, after] = [await pixels(planned, frame), await pixels({ ...planned, cues }, frame)];
  const half = (before.length / 3) * 2;
  expect(difference(before.subarray(0, half), after.subarray(0, half))).toBe(0);
  expect(difference(before.subarray(half), after.subarray(half))).toBeGreaterThan(1);
});

test('a frame after the end, and a job without a script, are named', async () => {
  const planned = await plan();
  const parts = { ports: ports(), memory, options };
  await expect(drawPreview(planned, { format: '16:9', frame: planned.frames }, parts)).rejects.toThrow(
    `The video would have no frame ${planned.frames}`,
  );
  await expect(planPreview({ job_id: 'job-none1', edits: [] }, ports(), options)).rejects.toThrow(
    'jobs/job-none1/',
  );
});
