import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Script, SegmentDraft } from '../../domain/script.ts';
import { editedScript } from './edited-script.ts';

const sentence: SegmentDraft = {
  kind: 'speech',
  text: 'Mua.',
  page: 7,
  panels: ['p007-1'],
  pause_after: 0.3,
};
const script: Script = {
  job_id: 'job-abc123',
  narrator: 'ocr',
  language: 'vi',
  segments: [
    { ...sentence, index: 0 },
    { ...sentence, index: 1 },
  ],
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edited-script-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function reading(content: string) {
  const file = join(folder, 'script.json');
  await writeFile(file, content);
  return editedScript(file, 'job-abc123');
}

test('reads a script, also with the byte order mark of an editor for Windows', async () => {
  await expect(reading(JSON.stringify(script))).resolves.toEqual(script);
  await expect(reading(`\uFEFF${JSON.stringify(script)}`)).resolves.toEqual(script);
});

const second = (change: object) =>
  JSON.stringify({ ...script, segments: [script.segments[0], { ...script.segments[1], ...change }] });

test.each<[string, string, RegExp]>([
  [
    'text that is not JSON',
    'Mua.',
    /script\.json can't be used: it is no longer JSON \(.+\); make review JOB=job-abc123 OPEN=1/,
  ],
  ['a list', '[]', /it is not a script, because it is JSON, but no object;/],
  ['another file', '{}', /it is not a script, because job_id is missing or has a wrong value, and \d more;/],
  ['an empty sentence', second({ text: '' }), /because sentence 2, text is empty or too small;/],
  [
    'a sentence that is too long',
    second({ text: 'a'.repeat(2001) }),
    /sentence 2, text is longer or larger than 2000;/,
  ],
  [
    'a sentence without text',
    second({ text: undefined }),
    /sentence 2, text is missing or has a wrong value;/,
  ],
  [
    'the script of another job',
    JSON.stringify({ ...script, job_id: 'job-def456' }),
    /it is the script of job-def456;/,
  ],
])('refuses %s in words', async (_, content, message) => {
  await expect(reading(content)).rejects.toMatchObject({
    name: 'ConfigurationError',
    message: expect.stringMatching(message),
  });
});

test('refuses a file that is missing in words', async () => {
  await expect(editedScript(join(folder, 'none.json'), 'job-abc123')).rejects.toThrow(
    /there is no such file;/,
  );
});
