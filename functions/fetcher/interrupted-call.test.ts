import { ExecutionStopped } from '../../domain/errors.ts';
import { type FetcherPorts, run } from './fetcher.ts';
import { libraryInMemory } from './testing/library-in-memory.ts';

test('continues with the same chapter after a call that died after the claim', async () => {
  const { ports, owners } = libraryInMemory(['a/1', 'a/2']);
  const dying = { ...ports, putPage: () => Promise.reject(new Error('gone')) };
  await expect(run({ job_id: 'job-one' }, dying)).rejects.toThrow('gone');
  await run({ job_id: 'job-one' }, ports);
  expect([...owners]).toEqual([['a/1', 'job-one']]);
});

test('continues with the missing page after a call that died between pages', async () => {
  const { ports, stored, read } = libraryInMemory(['a/1']);
  const dying = {
    ...ports,
    putPage: (key: string, jpeg: Uint8Array) =>
      key.endsWith('002.jpg') ? Promise.reject(new Error('gone')) : ports.putPage(key, jpeg),
  };
  await expect(run({ job_id: 'job-one' }, dying)).rejects.toThrow('gone');
  await run({ job_id: 'job-one' }, ports);
  expect(read).toEqual(['a/1/1', 'a/1/2', 'a/1/2']);
  expect(stored.get('jobs/job-one/chapter.json')).toMatchObject({
    pages: [{ number: 1, width: 1200 }, { number: 2 }],
  });
});

test('a job that lost its chapter does not claim another one, whose pages would mix with the stored ones', async () => {
  const { ports, owners } = libraryInMemory(['a/1', 'a/2']);
  const dying = { ...ports, putChapter: () => Promise.reject(new Error('gone')) };
  await expect(run({ job_id: 'job-one' }, dying)).rejects.toThrow('gone');
  owners.set('a/1', 'job-two');
  await expect(run({ job_id: 'job-one' }, ports)).rejects.toMatchObject({ name: 'ChapterUnreadable' });
  expect(owners.has('a/2')).toBe(false);
});

test('claims the same chapter again after a call that died before the claim was recorded', async () => {
  const { ports, owners } = libraryInMemory(['a/1', 'a/2']);
  const dying = { ...ports, updateJob: () => Promise.reject(new Error('gone')) };
  await expect(run({ job_id: 'job-one' }, dying)).rejects.toThrow('gone');
  await run({ job_id: 'job-one' }, ports);
  expect([...owners]).toEqual([['a/1', 'job-one']]);
});

test('a call that still runs when its job is stopped returns the chapter that it claimed', async () => {
  const { ports } = libraryInMemory(['a/1']);
  const released: string[] = [];
  const stopped: FetcherPorts = {
    ...ports,
    updateJob: () => Promise.reject(new ExecutionStopped('stopped')),
    release: async (id) => released.push(id),
  };
  await expect(run({ job_id: 'job-late' }, stopped)).rejects.toThrow('stopped');
  expect(released).toEqual(['a/1']);
});
