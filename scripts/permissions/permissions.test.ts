import { join } from 'node:path';
import { type FunctionEntry, functions } from '../../config/functions.ts';
import type { Permission } from '../../config/permissions.ts';
import { type WorkerEntry, workers } from '../../config/workers.ts';
import { bundledModules } from '../bundle/bundle.ts';
import { compileThroughCache } from '../bundle/compile-cache.ts';
import { actionsBehind } from './testing/actions.ts';
import { readAwsModule } from './testing/aws-module.ts';
import { sdkCalls } from './testing/sdk-calls.ts';
import { parseSource } from './testing/source.ts';

const root = join(import.meta.dirname, '..', '..');
const entries: [string, string, FunctionEntry | WorkerEntry][] = [
  ...Object.entries(functions).map(
    ([name, entry]) => [name, `functions/${name}/index`, entry] as [string, string, FunctionEntry],
  ),
  ...Object.entries(workers).map(
    ([name, entry]) => [name, `workers/${name}/main`, entry] as [string, string, WorkerEntry],
  ),
];
const compiled = await compileThroughCache(root, bundledModules(), join(root, 'dist/compiled'));

interface Action {
  action: string;
  /** Undefined where a call or a permission is not bound to a table, bucket or topic. */
  resource: string | undefined;
}

const shown = ({ action, resource }: Action) => `${action}${resource ? ` on ${resource}` : ''}`;
const covers = (one: Action, other: Action) =>
  one.action === other.action && (other.resource === undefined || one.resource === other.resource);

const allowedBy = (permissions: readonly Permission[]): Action[] =>
  permissions.flatMap(({ actions, on }) => actions.map((action) => ({ action, resource: on })));

async function neededBy(path: string): Promise<Action[]> {
  const inputs = compiled.get(path)?.inputs ?? [];
  // The AI SDK signs its requests to Bedrock itself.
  const asksBedrock = inputs.some((input) => input.includes('/@ai-sdk/amazon-bedrock/'));
  const model = asksBedrock ? [{ action: 'bedrock:InvokeModel', resource: 'bedrockModel' }] : [];
  const calls = await sdkCalls(root, inputs);
  const called = calls.flatMap(({ command, resource }) =>
    actionsBehind(command).map((action) => ({ action, resource })),
  );
  return [...called, ...model];
}

describe.each(entries)('%s', (_, path, { permissions }) => {
  test('is allowed every call of its code', async () => {
    const missing = (await neededBy(path)).filter(
      (need) => !allowedBy(permissions).some((one) => covers(one, need)),
    );
    expect(missing.map(shown)).toEqual([]);
  });

  test('has no permission that its code does not use', async () => {
    const needed = await neededBy(path);
    const idle = allowedBy(permissions).filter((one) => !needed.some((need) => covers(one, need)));
    expect(idle.map(shown)).toEqual([]);
  });
});

test("every permission on any resource says why it can't be narrower", () => {
  const wide = entries.flatMap(([name, , { permissions }]) =>
    permissions
      .filter(({ on }) => on === 'any')
      .map(({ actions, reason }) => `${name}: ${actions.join(', ')}: ${reason}`),
  );
  expect(wide).toMatchSnapshot();
  expect(wide.filter((line) => line.endsWith('undefined'))).toEqual([]);
});

test('reads a module of aws/ function by function', async () => {
  const { units } = readAwsModule(
    await parseSource(`
      export function store(bucket: string) {
        async function get(key: string) { return s3.send(new GetObjectCommand({ Bucket: bucket, Key: key })); }
        return { get, all: () => paginateListObjectsV2({ client: s3 }, {}), async both() { await get('a'); } };
      }`),
  );
  expect([...units].map(([name, { commands }]) => [name, [...commands]])).toEqual([
    ['store', []],
    ['get', ['GetObject']],
    ['all', ['ListObjectsV2']],
    ['both', []],
  ]);
  expect([...(units.get('both')?.mentions ?? [])]).toContain('get');
});
