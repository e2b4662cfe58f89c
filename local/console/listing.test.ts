import { found, type Listing, pageOf } from './listing.ts';

interface Run {
  name: string;
  status: string;
  started: number;
  took?: number;
}

const listing: Listing<Run> = {
  fields: { name: ({ name }) => name, status: ({ status }) => status, took: ({ took }) => took },
  text: ({ name }) => name,
  time: ({ started }) => started,
  choices: ['status'],
};
const now = Date.parse('2026-01-31T12:00:00Z');
const runs: Run[] = [
  { name: 'Run-10', status: 'FAILED', started: now - 60_000, took: 5 },
  { name: 'run-9', status: 'SUCCEEDED', started: now - 2 * 3_600_000 },
  { name: 'other', status: 'FAILED', started: now - 26 * 3_600_000, took: 70 },
];
const names = (query: string) =>
  found(runs, listing, new URLSearchParams(query), now).map(({ name }) => name);

test.each([
  ['', ['Run-10', 'run-9', 'other']],
  ['text=RUN', ['Run-10', 'run-9']],
  ['status=FAILED', ['Run-10', 'other']],
  ['status=FAILED&text=run', ['Run-10']],
  ['status=FAILED&status=SUCCEEDED', ['Run-10', 'run-9', 'other']],
  ['since=90m', ['Run-10']],
  ['since=1d', ['Run-10', 'run-9']],
  ['from=2026-01-30T00:00:00Z&to=2026-01-31T11:00:00Z', ['run-9', 'other']],
  ['text=&status=&tab=Events', ['Run-10', 'run-9', 'other']],
])('the query %j finds %j', (query, expected) => expect(names(query)).toEqual(expected));

test.each([
  ['sort=name', ['other', 'run-9', 'Run-10']],
  ['sort=-name', ['Run-10', 'run-9', 'other']],
  ['sort=-took', ['other', 'Run-10', 'run-9']],
  ['sort=took', ['Run-10', 'other', 'run-9']],
])('%j orders numbers in texts by their value, and rows without a value last: %j', (query, expected) =>
  expect(names(query)).toEqual(expected),
);

test.each([
  ...['since=yesterday', 'since=1y', 'from=soon', 'to=5 o clock'],
  ...['sort=nope', 'sort=-nope', 'sort=toString'],
])('refuses %j by its name', (query) => {
  expect(() => names(query)).toThrow(query);
});

test('has pages of 100 rows, and counts what the filters offer over all rows', () => {
  const many = Array.from({ length: 250 }, (_, index) => ({
    name: `run-${index}`,
    status: index % 2 ? 'FAILED' : 'SUCCEEDED',
    started: now,
  }));
  const page = (query: string) => pageOf(many, listing, new URLSearchParams(query), now);
  expect(page('')).toMatchObject({ matching: 250, total: 250, page: 1, pages: 3 });
  expect(page('page=3').rows.map(({ name }) => name)).toEqual(many.slice(200).map(({ name }) => name));
  expect(page('page=9')).toMatchObject({ page: 3 });
  expect(page('page=-1')).toMatchObject({ page: 1 });
  expect(page('status=FAILED')).toMatchObject({
    matching: 125,
    total: 250,
    pages: 2,
    choices: { status: { FAILED: 125, SUCCEEDED: 125 } },
  });
  expect(page('text=none')).toMatchObject({ rows: [], matching: 0, page: 1, pages: 1 });
});
