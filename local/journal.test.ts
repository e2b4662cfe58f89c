import { jest } from '@jest/globals';
import { createJournal, type JournalEntry } from './journal.ts';

const line = (text: string) => ({ source: 'cloud', text });

test('a subscriber receives every entry in order until it unsubscribes', () => {
  const journal = createJournal();
  const heard: JournalEntry[] = [];
  const end = journal.subscribe((entry) => heard.push(entry));
  journal.write('log', line('one'));
  journal.write('fault', { fault: 'slow-s3', phase: 'armed' });
  end();
  journal.write('log', line('two'));
  expect(heard).toMatchObject([
    { id: 1, type: 'log', data: { text: 'one' } },
    { id: 2, type: 'fault', data: { fault: 'slow-s3' } },
  ]);
});

test('a reader gets the entries that it missed, as far as they are kept', () => {
  const journal = createJournal(4);
  for (const n of [1, 2, 3, 4, 5, 6, 7]) journal.write('log', line(`${n}`));
  expect(journal.since(5).map(({ id }) => id)).toEqual([6, 7]);
  expect(journal.since(0).map(({ id }) => id)).toEqual([4, 5, 6, 7]);
});

test('a failing listener affects neither the writer nor other listeners', () => {
  const complaint = jest.spyOn(console, 'error').mockImplementation(() => {});
  const journal = createJournal();
  const heard: number[] = [];
  journal.subscribe(() => {
    throw new Error('no');
  });
  journal.subscribe(({ id }) => heard.push(id));
  journal.write('log', line('one'));
  journal.write('log', line('two'));
  expect(heard).toEqual([1, 2]);
  expect(complaint).toHaveBeenCalledTimes(1);
  complaint.mockRestore();
});

test('truncates long texts to bound the memory', () => {
  const journal = createJournal();
  journal.write('log', line('x'.repeat(100_000)));
  const [entry] = journal.since(0);
  expect(entry?.type === 'log' && entry.data.text).toHaveLength(65_537);
});
