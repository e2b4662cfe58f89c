import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stateMachineArn } from '../account.ts';
import { startCloud } from '../cloud.ts';
import type { Cloud } from '../cloud-interface.ts';
import { eventually } from '../testing.ts';
import { callJson } from '../wire.ts';
import type { Problems, Reloaded } from './reports.ts';

/** Saves files as an editor does while the cloud runs them. */
let folder: string;
let cloud: Cloud;
let reloaded: Reloaded[];
let problems: Problems[];

function save(name: string, text: string): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

const returning = (value: string) => `export const handler = async () => (${value});\n`;
const passing = (output: string) =>
  JSON.stringify({ StartAt: 'End', States: { End: { Type: 'Pass', Result: output, End: true } } }, null, 2);
const deployment = (limit: number, greeting: string) => `
import { limit } from './limit.ts';
export const handler = async ({ folder }: { folder: string }) => ({
  functions: [
    { name: 'app-greet', label: 'greet', file: folder + '/greet.ts', environment: { LIMIT: String(limit + ${limit}) } },
    { name: 'app-other', label: 'other', file: folder + '/other.ts' },
  ],
  rules: [],
  placeholders: { greeting: '${greeting}' },
});
`;

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'reload-test-')));
  save('code/shared.ts', "export const word = 'hello';\n");
  save('code/greet.ts', `import { word } from './shared.ts';\n${returning('word')}`);
  save('code/other.ts', returning("'other'"));
  save('code/limit.ts', 'export const limit = 1;\n');
  const file = save('code/deployment.ts', deployment(1, 'hi'));
  const machine = save('code/flow.asl.json', passing('${greeting}'));
  reloaded = [];
  problems = [];
  const code = join(folder, 'code');
  cloud = await startCloud({
    stateDirectory: join(folder, 'state'),
    functions: [
      { name: 'app-greet', label: 'greet', file: join(code, 'greet.ts'), environment: { LIMIT: '2' } },
      { name: 'app-other', label: 'other', file: join(code, 'other.ts') },
    ],
    placeholders: { greeting: 'hi' },
    stateMachines: [{ name: 'flow', file: machine }],
    reload: { paths: [code], deployment: { file, event: { folder: code } } },
    observer: { reloaded: (one) => reloaded.push(one), problemsFound: (found) => problems.push(found) },
  });
  await cloud.watching;
});
afterAll(async () => {
  await cloud.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  reloaded.splice(0);
  problems.splice(0);
});

const result = async (name: string) => JSON.parse((await cloud.invoke(name, '{}')).payload) as unknown;
const returned = (name: string, expected: unknown) =>
  eventually(`${name} to return ${JSON.stringify(expected)}`, async () => (await result(name)) === expected);
const found = (check: Problems['check'], message: RegExp) =>
  eventually(`a problem of ${check}`, () =>
    problems
      .filter((one) => one.check === check)
      .flatMap((one) => one.problems)
      .find((one) => message.test(one.message)),
  );
const definition = async () => {
  const arn = stateMachineArn('flow', { id: '123456789012', region: cloud.region });
  const described = await callJson<{ definition: string }>(cloud, 'states', 'DescribeStateMachine', {
    stateMachineArn: arn,
  });
  return described.definition;
};

test('a saved module runs with the next invocation of every function that imports it', async () => {
  expect(await result('app-greet')).toBe('hello');
  expect(await result('app-other')).toBe('other');
  save('code/shared.ts', "export const word = 'good day';\n");
  // Invoked only then: a busy function applies the change but is neither waited for nor reported.
  const [first] = await eventually('the report', () => reloaded.length > 0 && reloaded);
  expect(first).toMatchObject({
    what: 'code',
    files: [expect.stringMatching(/code\/shared\.ts$/)],
    functions: ['greet'],
  });
  expect(await result('app-greet')).toBe('good day');
});

test('an error is reported with its place, and the last good version keeps running until it is fixed', async () => {
  save('code/greet.ts', 'export const handler = async () => ({\n  n: ,\n});\n');
  const problem = await found('code', /Expression expected|expected/i);
  expect(problem).toMatchObject({ file: expect.stringMatching(/greet\.ts$/), line: 2, column: 6 });
  expect(await result('app-greet')).toBe('good day');
  save('code/greet.ts', returning("'fixed'"));
  await returned('app-greet', 'fixed');
  await eventually('the all-clear', () =>
    problems.some((one) => one.check === 'code' && one.problems.length === 0),
  );
});

test('the deployment is read again: environment, placeholders and state machines change together', async () => {
  save('code/greet.ts', returning('process.env.LIMIT'));
  await returned('app-greet', '2');
  save('code/limit.ts', 'export const limit = 5;\n');
  await returned('app-greet', '6');
  save('code/deployment.ts', deployment(10, 'good evening'));
  await returned('app-greet', '15');
  await eventually('the new placeholder', async () => (await definition()).includes('good evening'));
});

test('a deployment that fails is reported, and the last one stays', async () => {
  save('code/limit.ts', "throw new Error('no limit');\nexport const limit = 0;\n");
  expect(await found('settings', /no limit/)).toMatchObject({
    file: expect.stringMatching(/limit\.ts$/),
    line: 1,
  });
  expect(await result('app-greet')).toBe('15');
  save('code/limit.ts', 'export const limit = 5;\n');
  await eventually('the all-clear', () =>
    problems.some((one) => one.check === 'settings' && one.problems.length === 0),
  );
});

test('a changed definition holds for the next execution; an invalid one is reported with its place', async () => {
  save('code/flow.asl.json', passing('${greeting} again'));
  await eventually('the new definition', async () => (await definition()).includes('good evening again'));
  save('code/flow.asl.json', passing('x').replace('"Pass"', '"Pas"'));
  expect(await found('flow', /The field 'Type' should have one of/)).toMatchObject({
    line: expect.any(Number),
    column: expect.any(Number),
  });
  expect(await definition()).toContain('good evening again');
});
