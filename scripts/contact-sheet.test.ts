import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawSheets } from './contact-sheet.ts';

let folder: string;
let video: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contact-sheet-'));
  video = join(folder, 'video.mp4');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const refused = () =>
  drawSheets(video).then(
    () => 'drawn',
    ({ name, message }: Error) => `${name}: ${message.replaceAll(folder, '…')}`,
  );

test('says which video does not exist', async () => {
  expect(await refused()).toBe('ConfigurationError: …/video.mp4 does not exist');
});

test('says which file is missing beside a video, and which commands store it', async () => {
  await writeFile(video, '');
  expect(await refused()).toMatch(
    /^ConfigurationError: …\/shots\.json is missing\. .*make demo.*make review JOB=… OPEN=1/,
  );
});

test.each(['{"job_id": "job-abc', '[]'])('says which file beside a video is damaged: %s', async (text) => {
  await writeFile(video, '');
  await writeFile(join(folder, 'shots.json'), text);
  expect(await refused()).toMatch(/^ConfigurationError: …\/shots\.json can't be used \(.*make demo/s);
});
