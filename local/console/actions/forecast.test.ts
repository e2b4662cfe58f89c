import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { parseConfig } from '../../../config/settings/index.ts';
import { sampleArchive } from '../../sample.ts';
import { forecastOf } from './forecast.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forecast-'));
});
afterAll(() => rm(folder, { recursive: true }));

const page = new URL('../../../samples/ke-trom-o/001.png', import.meta.url);

/** Returns a chapter of one page in a language. */
async function chapterIn(language: string | undefined): Promise<string> {
  const info = language && `<ComicInfo><LanguageISO>${language}</LanguageISO></ComicInfo>`;
  const bytes = zipSync({
    '001.png': await readFile(page),
    ...(info && { 'ComicInfo.xml': Buffer.from(info) }),
  });
  const file = join(folder, `chapter-${language}.cbz`);
  await writeFile(file, bytes);
  return file;
}
const forecast = async (language: string | undefined, settings = {}) =>
  forecastOf(await chapterIn(language), parseConfig(settings));

test('a chapter in another language is held, and the forecast says why and what to do', async () => {
  expect(await forecast('en')).toBe(
    'Its metadata says that the lettering is English, and the narrator ocr speaks Vietnamese lettering only: unless its pages have none, it will be held for you with the reason, before a voice or a machine is used. To have it narrated, set narrator: llm, or publish a Vietnamese edition.',
  );
  expect(await forecast('ja', { onDoubt: 'publish' })).toContain('Japanese');
  expect(await forecast('ja', { onDoubt: 'publish' })).toContain('published anyway');
  expect(await forecast('fre', { onDoubt: 'fail' })).toContain('its job will fail');
  expect(await forecast(undefined)).toContain('does not name a language');
});

test('a Vietnamese chapter, and any chapter for a model, has nothing unexpected', async () => {
  expect(await forecast('vi')).toBeUndefined();
  expect(await forecast('Vietnamese')).toBeUndefined();
  expect(await forecast('en', { narrator: 'llm', llmModel: 'a-model' })).toBeUndefined();
});

test('a broken archive is named', async () => {
  const file = await chapterIn('vi');
  await writeFile(file, (await readFile(file)).subarray(0, 3000));
  expect(await forecastOf(file, parseConfig({}))).toMatch(/^Its job will fail: chapter-vi\.cbz/);
});

test('the sample is a Vietnamese chapter of seven pages', async () => {
  const file = join(folder, 'sample.cbz');
  await writeFile(file, await sampleArchive());
  expect(await forecastOf(file, parseConfig({}))).toBeUndefined();
});
