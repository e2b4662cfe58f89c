import type { Job } from '../../domain/job.ts';
import { approve, list, open, type ReviewPorts, reject } from './review.ts';

function desk(jobs: Partial<Job>[], waited = true) {
  const said: string[] = [];
  const verdicts: string[][] = [];
  const downloads: string[][] = [];
  const answer = async (...given: string[]) => {
    verdicts.push(given);
    return waited;
  };
  const ports: ReviewPorts = {
    awaiting: async () => jobs as Job[],
    download: async (...given) => {
      downloads.push(given);
    },
    approve: answer,
    reject: answer,
    say: (line) => said.push(line),
  };
  return { said, verdicts, downloads, ports };
}

const waiting = {
  job_id: 'job-abc123',
  chapter_id: 'meo/1',
  manga_title: 'Mèo Mun',
  video_seconds: 125.4,
  updated_at: '2026-02-07T10:00:00Z',
  review_token: 'token-1',
};

test('lists the videos that wait, and reports when there are none', async () => {
  const one = desk([waiting]);
  await list(one.ports);
  expect(one.said).toEqual([
    'job-abc123  Mèo Mun (meo/1)  2:05  since 2026-02-07T10:00:00Z',
    expect.stringMatching(/^make review JOB=job-… OPEN=1 .*APPROVE=1 .*REJECT=/),
  ]);
  const none = desk([]);
  await list(none.ports);
  expect(none.said).toEqual(['no video waits for a review']);
});

test('names letters that are missing in the pictures', async () => {
  const { ports, said } = desk([{ ...waiting, undrawn_letters: ['🐱'] }]);
  await list(ports);
  expect(said[1]).toBe('  - letters without a font are missing in the pictures: 🐱');
});

test('opening fetches the video and its files', async () => {
  const { ports, downloads } = desk([waiting]);
  await open('job-abc123', 'folder', ports);
  expect(downloads).toContainEqual(['jobs/job-abc123/video.mp4', 'folder/video.mp4']);
  for (const file of ['captions.vi.srt', 'script.json', 'shots.json', 'speech.json'])
    expect(downloads).toContainEqual([`jobs/job-abc123/${file}`, `folder/${file}`]);
});

test('a verdict completes the task that waits', async () => {
  const { ports, verdicts, said } = desk([waiting]);
  await approve('job-abc123', ports);
  await reject('job-abc123', 'the voice is wrong', ports);
  expect(verdicts).toEqual([['token-1'], ['token-1', 'the voice is wrong']]);
  expect(said).toEqual([
    'job-abc123 is approved, the upload starts',
    'job-abc123 is rejected: the voice is wrong',
  ]);
});

test('reports a verdict that arrives too late', async () => {
  const { ports, said } = desk([waiting], false);
  await approve('job-abc123', ports);
  expect(said).toEqual(['job-abc123 was already decided, or its review timed out']);
});

test('names a job that does not wait', async () => {
  await expect(approve('job-other', desk([waiting]).ports)).rejects.toThrow(
    'job-other does not wait for a review',
  );
});
