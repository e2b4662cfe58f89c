import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as errors from './errors.ts';
import { anchorOf, runbook, runbookEntry } from './runbook.ts';

const page = readFileSync(join(import.meta.dirname, '../docs/runbook.md'), 'utf8');
const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading ?? '');

test('every error of the pipeline has an entry', () => {
  const names = Object.values(errors).map((Failure) => new Failure('').name);
  expect(names.filter((name) => name !== 'PipelineError' && !(name in runbook))).toEqual([]);
});

test('every entry has a section in docs/runbook.md, and every section an entry or an alarm', () => {
  const others = ['What to do first', 'TooManyFailures'];
  expect(headings.filter((heading) => !others.includes(heading))).toEqual(Object.keys(runbook));
});

test('links inside the page lead to its sections', () => {
  const anchors = headings.map(anchorOf);
  const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor ?? '');
  expect(links.length).toBeGreaterThan(0);
  expect(links.filter((link) => !anchors.includes(link))).toEqual([]);
});

test("maps AWS's several names of an error to one section", () => {
  expect(runbookEntry('Sandbox.Timedout').section).toBe('States.Timeout');
  expect(runbookEntry('Lambda.SdkClientException').section).toBe('Lambda.ServiceException');
});

test('describes unexpected errors as such', () => {
  expect(runbookEntry('TypeError').section).toBe('States.TaskFailed');
  expect(runbookEntry('toString').section).toBe('States.TaskFailed');
  expect(runbookEntry('UploadError')).toMatchObject({
    section: 'UploadError',
    todo: expect.stringMatching(/./),
  });
});
