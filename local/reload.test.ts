import { mkdirSync, renameSync, symlinkSync } from 'node:fs';
import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  ListStateMachinesCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { clientOf, eventually } from 'local-aws/testing';
import type { Invoked } from './actions/invoke.ts';
import { ask } from './control/client.ts';
import { copyProject, type Dev, type ProjectCopy, startDev } from './testing/project-copy.ts';

/** `make dev` in a copy of the project, whose files are saved as an editor does. */
let project: ProjectCopy;
let dev: Dev;
let states: SFNClient;
const handler = 'functions/check-quota/handler.ts';
const shared = 'functions/check-quota/check-quota.ts';
const flow = 'asl/pipeline.asl.json';
/** Milliseconds for the compiler, which has the lowest priority on a busy machine. */
const compiling = 100_000;
const answering = (value: string) => `export const handler = async () => (${value});\n`;

beforeAll(async () => {
  project = copyProject();
  // Compiling the whole project takes seconds.
  const settings = JSON.parse(project.read('tsconfig.json'));
  project.save('tsconfig.json', JSON.stringify({ ...settings, include: ['functions/check-quota'] }));
  project.save('functions/check-quota/old.ts', "export const n: number = 'text';\n");
  project.save(flow, project.read(flow).replace('"Type": "Choice"', '"Type": "Chance"'));
  dev = await startDev(project, { DAILY_QUOTA: '7' });
  states = new SFNClient(clientOf(dev.endpoint));
});
afterAll(async () => {
  states?.destroy();
  await dev?.end();
  project?.remove();
});

const expectResult = (name: string, expected: unknown) =>
  eventually(`${name} to return ${JSON.stringify(expected)}`, async () => {
    const { result } = await dev.invoke(name);
    return JSON.stringify(result) === JSON.stringify(expected);
  });

/** Returns what `make invoke` prints before the result. */
const logOf = async (name: string) =>
  (await ask<Invoked>('invoke', { function: name }, project.pathOf('.local/dev'))).log;

test('reports an error that existed at the start, and loads its fix', async () => {
  await dev.printed(/\[reload\] flow: asl\/pipeline\.asl\.json:\d+:\d+ The field 'Type' should have one of/);
  project.save(flow, project.read(flow).replace('Chance', 'Choice'));
  await dev.printed(/\[reload\] flow: fixed/);
  await dev.printed(/\[reload\] asl\/pipeline\.asl\.json \(/);
  const { stateMachines } = await states.send(new ListStateMachinesCommand({}));
  expect(stateMachines?.map(({ name }) => name)).toEqual(['manga-pipeline']);
  await dev.printed(
    /\[reload\] types: functions\/check-quota\/old\.ts:1:14 Type 'string' is not assignable/,
    compiling,
  );
});

describe('a saved change takes effect with the next invocation', () => {
  test('in a function', async () => {
    expect((await dev.invoke('check-quota')).result).toMatchObject({ daily_quota: 7 });
    project.replace(handler, answering('{ n: 1 }'));
    await expectResult('check-quota', { n: 1 });
  });

  test('in a module that functions share', async () => {
    const good = project.read('functions/job-input.ts');
    project.save(
      'functions/cleanup/handler.ts',
      `import { JobInput } from '../job-input.ts';\nexport const handler = () => JobInput.description ?? 'none';\n`,
    );
    await expectResult('cleanup', 'none');
    project.save(
      'functions/job-input.ts',
      good.replace('z.object({ job_id: JobId })', "z.object({ job_id: JobId }).describe('new')"),
    );
    // Invoked only now: a busy function applies the change but is neither waited for nor reported.
    await dev.printed(/\[reload\] functions\/job-input\.ts → .*cleanup/);
    await expectResult('cleanup', 'new');
  });

  test('in a new function', async () => {
    const manifest = project.read('config/functions.ts');
    mkdirSync(project.pathOf('functions/greet'));
    project.save('functions/greet/handler.ts', answering("'hello'"));
    const entry = "greet: { purpose: 'Greets.', memory: 128, timeout: 3, environment: [], permissions: [] },";
    project.save('config/functions.ts', manifest.replace("'check-quota': {", `${entry}\n$&`));
    await expectResult('greet', 'hello');
    project.save('config/functions.ts', manifest);
  });

  test('in the settings, and in the manifest', async () => {
    const show = 'process.env.MANGADEX_LANGUAGES ?? "none"';
    project.save('functions/increment-counter/handler.ts', answering(show));
    await expectResult('increment-counter', 'none');
    project.save(
      'config/environments.ts',
      project
        .read('config/environments.ts')
        .replace(/(export const incrementCounter = )\[[^\]]*\]/, "$1['MANGADEX_LANGUAGES']"),
    );
    await expectResult('increment-counter', 'vi');
    project.save(
      'config/settings/chapters.ts',
      project
        .read('config/settings/chapters.ts')
        .replace("mangadexLanguages: list.prefault('vi')", "mangadexLanguages: list.prefault('en')"),
    );
    await expectResult('increment-counter', 'en');
  });
});

describe('an error is reported with its place, and the last good version keeps running', () => {
  test('in the syntax of a function; also in threads that start before the fix', async () => {
    project.save(handler, answering('{ n: 2 }'));
    await expectResult('check-quota', { n: 2 });
    project.save(handler, 'export const handler = async () => ({\n  n: ,\n});\n');
    await dev.printed(/\[reload\] code: functions\/check-quota\/handler\.ts:2:6 /);
    const both = await Promise.all([
      dev.invoke('check-quota'),
      dev.invoke('check-quota'),
      dev.invoke('check-quota'),
    ]);
    expect(both.map(({ result }) => result)).toEqual([{ n: 2 }, { n: 2 }, { n: 2 }]);
    expect(await logOf('check-quota')).toMatch(
      /^the last good version ran: code: functions\/check-quota\/handler\.ts:2:6 /,
    );
    project.save(handler, answering('{ n: 3 }'));
    await dev.printed(/\[reload\] code: fixed/);
    await expectResult('check-quota', { n: 3 });
    expect(await logOf('check-quota')).not.toContain('the last good version ran: code');
  });

  test('in an import', async () => {
    project.save(handler, `import { nothing } from './check-quota.ts';\n${answering('nothing')}`);
    await dev.printed(
      /functions\/check-quota\/handler\.ts:1:10 .*does not provide an export named 'nothing'/,
    );
    expect((await dev.invoke('check-quota')).result).toEqual({ n: 3 });
    // The refused file is loaded again together with the missing one.
    project.save(shared, 'export const nothing = { n: 4 };\n');
    await expectResult('check-quota', { n: 4 });
  });

  test('in the types', async () => {
    project.save(handler, `const n: number = 'text';\n${answering('n')}`);
    await dev.printed(
      /\[reload\] types: functions\/check-quota\/handler\.ts:1:7 Type 'string' is not assignable/,
      compiling,
    );
  });
});

test('reloads the target of a link, and a link that gets another target', async () => {
  project.save('elsewhere-1.ts', "export const place = 'first';\n");
  project.save('elsewhere-2.ts', "export const place = 'second';\n");
  symlinkSync(project.pathOf('elsewhere-1.ts'), project.pathOf('functions/fetcher/place.ts'));
  project.save('functions/fetcher/handler.ts', `import { place } from './place.ts';\n${answering('place')}`);
  await expectResult('fetcher', 'first');
  project.save('elsewhere-1.ts', "export const place = 'changed';\n");
  await expectResult('fetcher', 'changed');
  symlinkSync(project.pathOf('elsewhere-2.ts'), project.pathOf('functions/fetcher/place.ts~'));
  renameSync(project.pathOf('functions/fetcher/place.ts~'), project.pathOf('functions/fetcher/place.ts'));
  await expectResult('fetcher', 'second');
});

test('a machine runs the code of its launch, or the last good one during an error', async () => {
  const saying = (text: string) => `console.log('I am ${text}');\n`;
  const launch = async (job: string, text: string) => {
    await dev.invoke('start-uploader', { job_id: job, task_token: job });
    await dev.printed(new RegExp(`\\[uploader i-\\w+\\] I am ${text}`));
  };
  project.save('workers/uploader/main.ts', saying('new'));
  await dev.printed(/\[reload\] workers\/uploader\/main\.ts /);
  await launch('job-first', 'new');
  project.save('workers/uploader/main.ts', saying('bad').replace(');', ''));
  await dev.printed(/\[reload\] code: workers\/uploader\/main\.ts:1/);
  project.save('functions/start-uploader/more.ts', 'export {};\n');
  await dev.printed(/\[reload\] functions\/start-uploader\/more\.ts/);
  dev.lines.splice(0);
  await launch('job-second', 'new');
  project.save('workers/uploader/main.ts', saying('newer'));
  await dev.printed(/\[reload\] code: fixed/);
  await launch('job-third', 'newer');
});

describe('the state machine', () => {
  const definition = async () => {
    const stateMachineArn = 'arn:aws:states:us-east-1:123456789012:stateMachine:manga-pipeline';
    return (await states.send(new DescribeStateMachineCommand({ stateMachineArn }))).definition ?? '';
  };

  test('changes for the next execution; a running one keeps its definition', async () => {
    const good = project.read(flow);
    const machine = JSON.parse(good);
    machine.States.StartRun = { Type: 'Wait', Seconds: 2, Next: 'NewJob' };
    machine.States.NewJob = { Type: 'Pass', Result: 'old', End: true };
    // Every placeholder must occur.
    machine.Comment = [...new Set(good.match(/\$\{[^}]*\}/g))].join(' ');
    const small = {
      Comment: machine.Comment,
      StartAt: 'StartRun',
      States: { StartRun: machine.States.StartRun, NewJob: machine.States.NewJob },
    };
    const save = (value: unknown) => project.replace(flow, JSON.stringify(value, null, 2));
    save(small);
    await eventually('the small machine', async () => (await definition()).includes('"old"'));
    const stateMachineArn = 'arn:aws:states:us-east-1:123456789012:stateMachine:manga-pipeline';
    const { executionArn } = await states.send(new StartExecutionCommand({ stateMachineArn }));
    save({ ...small, States: { ...small.States, NewJob: { Type: 'Pass', Result: 'new', End: true } } });
    await eventually('the new machine', async () => (await definition()).includes('"new"'));
    const output = await eventually('the end', async () => {
      const execution = await states.send(new DescribeExecutionCommand({ executionArn }));
      return execution.status === 'SUCCEEDED' && execution.output;
    });
    expect(output).toBe('"old"');
  });

  test('keeps its last good definition when the new one has an error, and reports its place', async () => {
    const good = await definition();
    const text = project.read(flow);
    project.save(flow, text.replace('"Type": "Wait"', '"Type": "Wat"'));
    await dev.printed(
      /\[reload\] flow: asl\/pipeline\.asl\.json:\d+:\d+ The field 'Type' should have one of/,
    );
    expect(await definition()).toBe(good);
    project.save(flow, text.replace('${cleanup}', 'cleanup'));
    await dev.printed(
      /\[reload\] flow: asl\/pipeline\.asl\.json The state machine has no placeholder \$\{cleanup\}/,
    );
    expect(await definition()).toBe(good);
    project.save(flow, text.replace('"Next": "NewJob"', '"Next": "NoJob"'));
    await dev.printed(/\[reload\] flow: asl\/pipeline\.asl\.json:\d+:\d+ Missing 'Next' target: NoJob/);
    // Unreachable states are a consequence of the missing one.
    expect(dev.lines.filter((line) => line.includes('not reachable'))).toEqual([]);
    project.save(flow, '{ "StartAt": "A",\n  "States" }');
    await dev.printed(/\[reload\] flow: asl\/pipeline\.asl\.json:2:12 /);
    expect(await definition()).toBe(good);
  });
});
