import { stripVTControlCharacters } from 'node:util';
import { type Finding, fail, ok, type Repair } from './check.ts';
import { offerRepairs } from './repair.ts';

let lines: string[];
let asked: string[];
let ran: string[];
beforeEach(() => {
  lines = [];
  asked = [];
  ran = [];
});

const repairOf = (more: Partial<Repair> = {}): Repair => ({
  command: 'aws iam fix-it',
  run: async () => void ran.push('fixed'),
  ...more,
});
const broken = (repair?: Repair): { name: string; finding: Finding } => ({
  name: 'Spot role',
  finding: fail('is missing', 'make it', repair),
});

async function offer(finding: { name: string; finding: Finding }, answer?: boolean, yes = false) {
  const ask = async (question: string) => {
    asked.push(question.trim());
    return Boolean(answer);
  };
  return offerRepairs([{ name: 'fine', finding: ok('all of it') }, finding], {
    say: (line) => void lines.push(stripVTControlCharacters(line)),
    ask: answer === undefined ? undefined : ask,
    yes,
  });
}

test('shows the command, asks, then does it', async () => {
  expect(await offer(broken(repairOf()), true)).toEqual(['Spot role']);
  expect(lines).toEqual(['Spot role: is missing\n  $ aws iam fix-it', '  ✓ done']);
  expect(asked).toEqual(['Do it? [y/N]']);
  expect(ran).toEqual(['fixed']);
});

test('does nothing when the reply is not yes', async () => {
  expect(await offer(broken(repairOf()), false)).toEqual([]);
  expect(lines.at(-1)).toBe('  not done');
  expect(ran).toEqual([]);
});

test('YES agrees to what neither costs nor deletes', async () => {
  await offer(broken(repairOf()), undefined, true);
  expect(ran).toEqual(['fixed']);
});

test('asks before what costs or deletes even with YES, and does not do it without a terminal', async () => {
  const risky = () => broken(repairOf({ risk: 'Makes a bucket, which costs cents a month' }));
  await offer(risky(), undefined, true);
  expect(ran).toEqual([]);
  expect(lines.at(-1)).toMatch(/not done: Makes a bucket/);
  await offer(risky(), true, true);
  expect(asked).toEqual(['Makes a bucket, which costs cents a month. Do it? [y/N]']);
  expect(ran).toEqual(['fixed']);
});

test('without a terminal nothing is done, and values cannot be asked for', async () => {
  await offer(broken(repairOf()));
  expect(lines.at(-1)).toMatch(/YES=1/);
  await offer(broken(repairOf({ asks: true })), undefined, true);
  expect(lines.at(-1)).toMatch(/needs a terminal/);
  expect(ran).toEqual([]);
});

test('a fix that fails is reported, and is not counted as done', async () => {
  const failing = repairOf({ run: () => Promise.reject(new Error('AccessDenied: iam')) });
  expect(await offer(broken(failing), true)).toEqual([]);
  expect(lines.at(-1)).toBe('  ✗ Error: AccessDenied: iam');
});

test('says when nothing can be fixed', async () => {
  await offer(broken());
  expect(lines).toEqual(['Nothing here can be fixed automatically']);
});
