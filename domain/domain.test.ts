import { artifactsOf } from './artifacts.ts';
import type { Chapter } from './chapter.ts';
import { byNaturalOrder } from './natural-order.ts';
import { latestQuotaDays, quotaDay } from './quota-day.ts';
import { videoMetadata } from './video-metadata.ts';
import { parseUserData, renderUserData } from './worker-task.ts';

describe('artifacts', () => {
  test("every key is below the job's prefix", () => {
    const { root, page, speechAudio, video } = artifactsOf('job-abc123');
    expect([page(7), speechAudio(12), video]).toEqual([
      'jobs/job-abc123/pages/007.jpg',
      'jobs/job-abc123/speech/0012.mp3',
      'jobs/job-abc123/video.mp4',
    ]);
    expect(root).toBe('jobs/job-abc123/');
  });

  test.each(['', 'job-', 'abc', 'job-../x', 'job-a/b', 'job-A', `job-${'a'.repeat(80)}`])(
    'rejects the job id %p',
    (id) => {
      expect(() => artifactsOf(id)).toThrow();
    },
  );
});

describe('the quota day', () => {
  test.each([
    ['2026-07-01T06:59:59Z', '2026-06-30', 'the last second in summer'],
    ['2026-07-01T07:00:00Z', '2026-07-01', 'midnight in summer is 07:00 UTC'],
    ['2026-01-01T07:59:59Z', '2025-12-31', 'the last second in winter'],
    ['2026-01-01T08:00:00Z', '2026-01-01', 'midnight in winter is 08:00 UTC'],
    ['2026-03-08T09:59:00Z', '2026-03-08', 'the night the clocks go forward'],
    ['2026-11-01T09:30:00Z', '2026-11-01', 'the hour that comes twice'],
  ])('%s in Los Angeles is %s (%s)', (instant, day) => {
    expect(quotaDay(new Date(instant), 'America/Los_Angeles')).toBe(day);
  });

  test.each([
    ['an ordinary day', '2026-02-07T20:00:00Z', ['2026-02-07', '2026-02-06']],
    ['the last minutes of a day of 25 hours', '2026-11-02T07:50:00Z', ['2026-11-01', '2026-10-31']],
    ['the first minutes after a day of 23 hours', '2026-03-09T07:05:00Z', ['2026-03-09', '2026-03-08']],
    ['the first of a year', '2027-01-01T09:00:00Z', ['2027-01-01', '2026-12-31']],
  ])('takes the day before from the calendar: %s', (_, instant, days) => {
    expect(latestQuotaDays(new Date(instant), 'America/Los_Angeles')).toEqual(days);
  });
});

test('orders names as a person would', () => {
  const names = ['p10.jpg', 'p2.jpg', 'P1.jpg', 'chương 1/2.jpg', 'chương 1/10.jpg'];
  expect(names.sort(byNaturalOrder)).toEqual([
    'chương 1/2.jpg',
    'chương 1/10.jpg',
    'P1.jpg',
    'p2.jpg',
    'p10.jpg',
  ]);
});

describe('user data', () => {
  const environment = {
    JOB_ID: 'job-abc123',
    TASK_TOKEN: 'AQCEAAAAKgAAAA+/=',
    TITLE: `"; rm -rf / # $(reboot) 'x' \`y\` \\ \\"  `,
  };

  test('passes every value through unchanged', () => {
    expect(parseUserData(renderUserData(environment))).toEqual(environment);
  });

  test('only writes a file and starts a unit', () => {
    expect(renderUserData({ JOB_ID: 'job-abc123' })).toMatchInlineSnapshot(`
"#!/bin/bash
set -eu
install -D -m 600 /dev/stdin /etc/manga-pipeline/worker.env <<'WORKER_ENVIRONMENT'
JOB_ID="job-abc123"
WORKER_ENVIRONMENT
systemctl start manga-pipeline-worker
"
`);
  });

  test.each([
    [{ TITLE: 'a\nWORKER_ENVIRONMENT\nreboot' }, 'line break'],
    [{ 'X; reboot': 'a' }, 'not a variable name'],
    [{ TITLE: 'a'.repeat(17_000) }, 'EC2 accepts 16384'],
  ])('rejects values that could break out of it or are too large', (bad, reason) => {
    expect(() => renderUserData(bad)).toThrow(reason);
  });
});

describe('the text for viewers', () => {
  const chapter: Chapter = {
    job_id: 'job-abc123',
    chapter_id: 'a/1',
    manga_id: 'a',
    manga_title: 'Mèo <Mun>',
    number: '1',
    title: 'Đêm mưa',
    summary: 'Một đêm mưa.',
    language: 'vi',
    reading_direction: 'rtl',
    credits: [{ role: 'Tranh', name: 'An' }],
    licence: 'CC BY 4.0',
    source: { name: 'library', url: null },
    pages: [{ number: 1, key: 'k', width: 1, height: 1 }],
  };

  test('names the work, and has credits and licence in the description', () => {
    const { title, description } = videoMetadata(chapter);
    expect(title).toBe('Mèo Mun – Chương 1: Đêm mưa');
    expect(description).toContain('Tranh: An');
    expect(description).toContain('Giấy phép: CC BY 4.0');
  });

  test('stays within the limits of YouTube whatever the source says', () => {
    const { title, description, tags } = videoMetadata({
      ...chapter,
      manga_title: 'Ữ'.repeat(300),
      summary: 'ữ>'.repeat(9000),
    });
    expect(title.length).toBeLessThanOrEqual(100);
    expect(Buffer.byteLength(description)).toBeLessThanOrEqual(5000);
    expect(title + description).not.toMatch(/[<>]/);
    expect(tags.join(',').length).toBeLessThanOrEqual(500);
  });

  test('never splits a character, however many code units it has', () => {
    const family = '👨‍👩‍👧';
    const { title } = videoMetadata({ ...chapter, manga_title: family.repeat(40) });
    expect(title).toBe(`${family.repeat(11)}… – Chương 1`);
  });
});
