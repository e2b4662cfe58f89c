import { run } from './increment-counter.ts';

/** A counter that behaves like the tables: a job's day is fixed once, and a job counts once a day. */
function counters() {
  const days = new Map<string, string>();
  const counted = new Map<string, Set<string>>();
  const lines: unknown[] = [];
  const cleared: string[] = [];
  let today = '2026-02-07';
  let slotDay: string | undefined;
  return {
    takeSlot: () => {
      slotDay = today;
    },
    setToday: (day: string) => {
      today = day;
    },
    lines,
    cleared,
    ports: {
      daysOf: async () => ({
        today: () => today,
        slotDay: async () => slotDay,
        countOnce: async (day: string, jobId: string) => {
          const jobs = counted.get(day) ?? new Set();
          counted.set(day, jobs.add(jobId));
          return jobs.size;
        },
      }),
      countedOn: async (jobId: string, day: string) => {
        if (!days.has(jobId)) days.set(jobId, day);
        return days.get(jobId) ?? day;
      },
      clearHeld: async (run: string) => void cleared.push(run),
      log: (line: unknown) => lines.push(line),
    },
  };
}

test('counts a job on the day it is published, and reports the count', async () => {
  const { ports, lines } = counters();
  expect(await run({ job_id: 'job-abc123' }, ports)).toEqual({
    daily_count: 1,
    date: '2026-02-07',
    job_id: 'job-abc123',
  });
  expect(lines).toEqual([{ level: 'INFO', event: 'video_counted', daily_count: 1, date: '2026-02-07' }]);
});

test('counts the same job once, also after midnight', async () => {
  const { ports, setToday } = counters();
  await run({ job_id: 'job-abc123' }, ports);
  setToday('2026-02-08');
  expect(await run({ job_id: 'job-abc123' }, ports)).toMatchObject({ daily_count: 1, date: '2026-02-07' });
  expect(await run({ job_id: 'job-def456' }, ports)).toMatchObject({ daily_count: 1, date: '2026-02-08' });
});

test('counts a job without a day toward the day whose slot it holds', async () => {
  const { ports, setToday, takeSlot } = counters();
  takeSlot();
  setToday('2026-02-08');
  expect(await run({ job_id: 'job-abc123' }, ports)).toMatchObject({ date: '2026-02-07' });
});

test('rejects an event without a job id', async () => {
  await expect(run({}, counters().ports)).rejects.toThrow('job_id');
});

test('ends the row of held chapters of a run with lanes', async () => {
  const { ports, cleared } = counters();
  await run({ job_id: 'job-abc123', run: null }, ports);
  expect(cleared).toEqual([]);
  await run({ job_id: 'job-abc123', run: 'daily' }, ports);
  expect(cleared).toEqual(['daily']);
});
