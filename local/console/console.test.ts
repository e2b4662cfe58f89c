import { callJson } from 'local-aws/client';
import { castKey } from '../../domain/artifacts.ts';
import { accessTo } from '../cloud-access.ts';
import type { Folder } from './model/bucket.ts';
import { executionsModel } from './model/executions.ts';
import type { FunctionDetails } from './model/functions.ts';
import type { ItemPage } from './model/tables.ts';
import { type ConsoleUnderTest, makeMachine, startConsoleUnderTest } from './testing/console-under-test.ts';
import { addJobs, addObjects, hostileObjects } from './testing/many-rows.ts';

let console: ConsoleUnderTest;
beforeAll(async () => {
  console = await startConsoleUnderTest();
});
afterAll(() => console.close());

const header = () => ({ 'x-console-token': console.token });
const get = (path: string, headers: Record<string, string> = header()) =>
  fetch(`${console.origin}${path}`, { headers });
const post = (path: string, body: unknown, headers: Record<string, string> = header()) =>
  fetch(`${console.origin}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });

test('serves the page to everyone on this machine, its data only with the token', async () => {
  expect((await get('/', {})).status).toBe(200);
  expect((await get('/api/jobs', {})).status).toBe(401);
  expect((await get('/api/jobs', { 'x-console-token': 'x' })).status).toBe(401);
  expect((await get('/api/jobs')).status).toBe(200);
});

test('the session cookie allows reading but not acting', async () => {
  const cookie = (await post('/api/session', {})).headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/HttpOnly; SameSite=Strict$/);
  const carried = { cookie: cookie.split(';')[0] ?? '' };
  expect((await get('/api/jobs', carried)).status).toBe(200);
  expect((await post('/api/executions/start', { machine: 'manga-pipeline' }, carried)).status).toBe(401);
});

test('refuses another page even with the token', async () => {
  expect((await get('/api/jobs', { ...header(), origin: 'http://evil.example' })).status).toBe(403);
  expect((await get('/', { origin: 'null' })).status).toBe(403);
});

test('every response forbids foreign scripts, framing and type sniffing', async () => {
  for (const path of ['/', '/script.js', '/api/jobs', '/api/nothing']) {
    const { headers } = await get(path);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
  }
  const html = await (await get('/')).text();
  expect(html).not.toMatch(/<script(?![^>]* src=)|<style| on\w+=/);
});

test('the script of the page is at most 200 KB', async () => {
  const script = await (await get('/script.js')).arrayBuffer();
  expect(script.byteLength).toBeLessThan(200_000);
});

test("serves only artifacts below the job's prefix", async () => {
  for (const path of [
    '/api/jobs/job-abc/artifacts/%2e%2e%2f%2e%2e%2flibrary/x.cbz',
    '/api/jobs/job-abc/published/%2e%2e%2fmessages.json',
    '/api/jobs/..%2f..%2fx/artifacts/video.mp4',
  ])
    expect((await get(path)).status).toBeGreaterThanOrEqual(400);
});

test('lists series with their settings, and stores only settings that a step can use', async () => {
  const put = (id: string, settings: unknown) =>
    fetch(`${console.origin}/api/series/${encodeURIComponent(id)}`, {
      method: 'PUT',
      headers: header(),
      body: JSON.stringify({ settings }),
    });
  expect((await put('mèo', { music: 'calm' })).status).toBe(200);
  const refused = await put('mèo', { musik: 'calm' });
  expect(refused.status).toBe(400);
  expect(await refused.json()).toEqual({ message: expect.stringContaining('musik: unknown setting') });
  const elsewhere = await put('mèo', { channel: 'nope' });
  expect(elsewhere.status).toBe(400);
  expect(await elsewhere.json()).toEqual({ message: expect.stringContaining('nope is not a channel') });
  expect((await put('../jobs/x', {})).status).toBeGreaterThanOrEqual(400);
  await addObjects(console.cloud, { 'library/series/hỏng.json': '{' });
  const listed = (await (await get('/api/series')).json()) as { id: string }[];
  expect(listed.find(({ id }) => id === 'mèo')).toEqual({
    ...{ id: 'mèo', title: '', published: 0, at_work: 0, held: 0, failed: 0 },
    settings: JSON.stringify({ music: 'calm' }, null, 2),
  });
  expect(listed.find(({ id }) => id === 'hỏng')).toMatchObject({
    settings: expect.stringContaining('SyntaxError'),
  });
});

test('names characters and music that the settings of a series name and do not exist', async () => {
  const put = async (settings: object) => {
    const answer = await fetch(`${console.origin}/api/series/${encodeURIComponent('thỏ')}`, {
      method: 'PUT',
      headers: header(),
      body: JSON.stringify({ settings }),
    });
    return { status: answer.status, body: await answer.json() };
  };
  await addObjects(console.cloud, {
    [castKey('thỏ')]: JSON.stringify({ manga_id: 'thỏ', members: [{ name: 'Hoàng Tử', voices: {} }] }),
  });
  expect(await put({ cast: { 'Hoàng Tử': { age: 'old' }, 'Hoàng Tửu': { age: 'old' } } })).toEqual({
    status: 200,
    body: {
      notes: [expect.stringContaining('“Hoàng Tửu”, for whom its settings choose a voice; did you mean')],
    },
  });
  expect(await put({ music: 'mưa.mp3', musicCredit: 'Lan' })).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining('does not have library/music/mưa.mp3') },
  });
});

test('lists the voices that the characters of a series keep', async () => {
  const voices = { edge: { speaker: 'vi-VN-HoaiMyNeural', rate: 8, pitch: 25 } };
  const members = ['Minh', 'Lan'].map((name) => ({ name, voices }));
  await addObjects(console.cloud, { [castKey('mèo')]: JSON.stringify({ manga_id: 'mèo', members }) });
  const cast = async (id: string) => (await get(`/api/series/${encodeURIComponent(id)}/cast`)).json();
  expect(await cast('mèo')).toEqual(members.toReversed());
  expect(await cast('chó')).toEqual([]);
});

test.each(['', '{"manga_id": "cáo", "mem', '[]', '{"manga_id": "cáo", "members": [{"name": ""}]}'])(
  'names the damaged cast of a series instead of showing or replacing it: %s',
  async (damaged) => {
    await addObjects(console.cloud, { [castKey('cáo')]: damaged });
    const address = `${console.origin}/api/series/${encodeURIComponent('cáo')}`;
    const put = () =>
      fetch(address, {
        method: 'PUT',
        headers: header(),
        body: JSON.stringify({ settings: { music: 'calm' } }),
      });
    for (const answer of [await get(`/api/series/${encodeURIComponent('cáo')}/cast`), await put()]) {
      expect(answer.status).toBe(409);
      expect(await answer.json()).toEqual({
        message: expect.stringContaining(`${castKey('cáo')} is damaged`),
      });
    }
  },
);

test('explains why a request is refused', async () => {
  const said = async (answer: Promise<Response>) => (await (await answer).json()) as { message: string };
  expect(await said(post('/api/executions/start', { machine: 'none' }))).toEqual({
    message: expect.stringContaining('StateMachineDoesNotExist'),
  });
  expect(await said(post('/api/executions/start', {}))).toEqual({
    message: expect.stringContaining('machine'),
  });
  for (const asked of [post('/api/jobs/job-none/rerun', {}), get('/api/jobs/job-none/trace')])
    expect(await said(asked)).toEqual({ message: 'The job job-none does not exist' });
  expect(await said(get('/api/tables/%ff'))).toEqual({ message: '%ff is not valid URL encoding' });
  expect((await get('//')).status).toBe(200);
});

test('starts only a machine with exactly the given name', async () => {
  for (const machine of ['$&', '$`', "$'"])
    expect((await post('/api/executions/start', { machine })).status).toBe(409);
});

test('stores a chapter in parts; rejects other files and leaves nothing behind', async () => {
  const put = (name: string, body: Uint8Array<ArrayBuffer>) =>
    fetch(`${console.origin}/api/library/${encodeURIComponent(name)}`, {
      method: 'PUT',
      headers: header(),
      body,
    });
  const large = new Uint8Array(18 * 1024 * 1024);
  large.set([0x50, 0x4b, 3, 4]);
  expect(await (await put('Chương 1.cbz', large)).json()).toEqual({
    name: 'Chương 1.cbz',
    size: large.length,
    forecast: expect.stringMatching(/^Its job will fail: Chương 1\.cbz/),
  });
  expect((await put('page.cbz', new Uint8Array([1, 2, 3]))).status).toBe(400);
  expect((await put('page.png', large)).status).toBe(400);
  expect(await (await get('/api/library')).json()).toEqual([
    { name: 'Chương 1.cbz', size: large.length, modified: expect.any(String) },
  ]);
  const claim = { chapter_id: 'Chương 1', status: 'published', job_id: 'job-abc' };
  await callJson(console.cloud, 'dynamodb', 'PutItem', {
    TableName: console.cloud.resources.chaptersTable,
    Item: Object.fromEntries(Object.entries(claim).map(([name, S]) => [name, { S }])),
  });
  expect(await (await get('/api/library')).json()).toMatchObject([{ status: 'published', job: 'job-abc' }]);
});

test('streams changes, and events to pages that follow the execution', async () => {
  const machine = await makeMachine(console.cloud, 'short', {
    StartAt: 'Wait',
    States: { Wait: { Type: 'Wait', Seconds: 60, End: true } },
  });
  const { arn } = (await (
    await post('/api/executions/start', { machine: 'short', input: '{"a":1}' })
  ).json()) as {
    arn: string;
  };
  expect(arn).toBe(`${machine.replace(':stateMachine:', ':execution:')}:${arn.split(':').at(-1)}`);
  const stream = await get(`/api/live?execution=${encodeURIComponent(arn)}`);
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  let heard = '';
  const until = async (text: string) => {
    while (!heard.includes(text)) heard += (await reader?.read())?.value ?? '';
  };
  await until('event: hello');
  // As after a restart, when the console has seen no event.
  expect(await executionsModel(console.cloud, accessTo(console.cloud)).lastState(arn)).toBe('Wait');
  await post('/api/executions/stop', { arn });
  await until('"ExecutionAborted"');
  await until(`"execution:${arn}"`);
  await reader?.cancel();
  expect((await (await get(`/api/execution?arn=${arn}`)).json()) as object).toMatchObject({
    status: 'ABORTED',
    redrivable: true,
    input: '{"a":1}',
  });
});

test('a history of an execution that does not exist is not found, and an unknown order is refused by name', async () => {
  const absent = encodeURIComponent(
    `${console.cloud.stateMachineArn.replace('stateMachine', 'execution')}:none`,
  );
  for (const path of [
    `/api/history?arn=${absent}`,
    `/api/history?arn=${absent}&export=1`,
    '/api/history?arn=none',
  ])
    expect((await get(path)).status).toBe(404);
  for (const path of ['/api/executions?sort=nope', '/api/jobs?sort=-nope', '/api/logs?sort=nope']) {
    const answer = await get(path);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ message: expect.stringMatching(/^sort=-?nope is not a field/) });
  }
});

test('shows a function with its samples and invocations, and repeats an invocation', async () => {
  const detailsOf = async (name: string) =>
    (await (await get(`/api/functions/${name}`)).json()) as FunctionDetails;
  await post('/api/control/invoke', { function: 'cleanup', event: { job_id: 'job-abc' } });
  const before = await detailsOf('cleanup');
  expect(before).toMatchObject({
    name: 'cleanup',
    purpose: 'Deletes the artifacts of a job.',
    environment: { S3_BUCKET: 'manga-pipeline-artifacts' },
    samples: [{ name: 'job', event: expect.stringContaining('job-sample') }],
    invocations: [
      { event: '{"job_id":"job-abc"}', failed: false, result: expect.stringContaining('job-abc') },
    ],
  });
  const requestId = before.invocations[0]?.requestId;
  // The job has got files since. They are copied for the repetition, which deletes the copies.
  await addObjects(console.cloud, {
    'jobs/job-abc/script.json': '{"job_id":"job-abc"}',
    'jobs/job-abc/a.mp3': 'x',
  });
  const again = await post('/api/functions/cleanup/again', { requestId });
  expect(await again.json()).toMatchObject({ sandbox: true, failed: false, result: { objects_deleted: 2 } });
  expect((await detailsOf('cleanup')).invocations.map(({ event }) => event)).toEqual([
    expect.stringMatching(/^\{"job_id":"job-replay-[0-9a-f-]{36}"\}$/),
    '{"job_id":"job-abc"}',
  ]);
  const left = await accessTo(console.cloud).objects('jobs/');
  expect(left.map(({ key }) => key)).toEqual(['jobs/job-abc/a.mp3', 'jobs/job-abc/script.json']);
  expect((await post('/api/functions/cleanup/again', { requestId: 'none' })).status).toBe(404);
  expect((await get('/api/functions/none')).status).toBe(404);
  expect(await (await get('/api/functions')).json()).toHaveLength(11);
});

test('serves any object of the bucket by its key, as a type that cannot run, and nothing outside the bucket', async () => {
  await addObjects(console.cloud, hostileObjects);
  const object = (key: string, more = '') => get(`/api/object?${new URLSearchParams({ key })}${more}`);
  for (const [key, content] of Object.entries(hostileObjects)) {
    const answer = await object(key, '&download=1');
    expect(await answer.text()).toBe(content);
    expect(answer.headers.get('content-type')).not.toMatch(/html|svg|javascript/);
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename\*=UTF-8''[\w%.!~*'()-]+$/,
    );
  }
  expect((await object('none.txt')).status).toBe(404);
  // Without a check, these would be addresses of functions and of another bucket.
  for (const key of ['../2015-03-31/functions/', '..', 'jobs/../../other/x', './x', 'a/.'])
    expect(await (await object(key)).json()).toEqual({ message: expect.stringContaining('no . or ..') });
});

test('shows the bucket as folders, and objects that were written under any key', async () => {
  const folder = async (prefix: string, start = '') =>
    (await (await get(`/api/bucket?${new URLSearchParams({ prefix, start })}`)).json()) as Folder;
  const { folders, objects } = await folder('');
  expect(folders).toEqual(expect.arrayContaining(['double/', `${'漢'.repeat(80)}/`]));
  expect(objects.map(({ key }) => key)).toEqual(
    expect.arrayContaining(Object.keys(hostileObjects).filter((key) => !key.includes('/'))),
  );
  await addObjects(
    console.cloud,
    Object.fromEntries(
      Array.from({ length: 1_005 }, (_, index) => [`many/${index % 2 ? 'a' : 'B'}${index}`, 'x']),
    ),
  );
  const first = await folder('many/');
  const rest = await folder('many/', first.next);
  const names = [...first.objects, ...rest.objects].map(({ key }) => key);
  expect([first.objects.length, new Set(names).size, rest.next]).toEqual([1_000, 1_005, undefined]);
  expect((await folder('double//slash/%2e%2e/')).objects).toEqual([
    { key: 'double//slash/%2e%2e/new\nline.txt', size: 4, modified: expect.any(String) },
  ]);
});

test('shows the items of a table by the beginning of their key, without their tokens', async () => {
  const { jobsTable } = console.cloud.resources;
  await addJobs(console.cloud, 120);
  await callJson(console.cloud, 'dynamodb', 'PutItem', {
    TableName: jobsTable,
    Item: { job_id: { S: 'job-zzz' }, task_token: { S: 'a-token-of-a-task' } },
  });
  const items = async (query: string) =>
    (await (await get(`/api/tables/${jobsTable}?${query}`)).json()) as ItemPage;
  expect(await items('prefix=job-many-11')).toMatchObject({
    keys: ['job_id'],
    matching: 11,
    rows: [{ job_id: 'job-many-11' }, { job_id: 'job-many-110' }, ...Array(9).fill(expect.anything())],
  });
  const all = await items('');
  expect([all.pages, all.rows.length]).toEqual([2, 100]);
  expect((await items('sort=-item.page_count&text=published')).rows[0]).toMatchObject({ page_count: 55 });
  expect(JSON.stringify(await items('prefix=job-zzz'))).not.toContain('a-token');
  expect((await get('/api/tables/none')).status).toBe(409);
  expect(await (await get('/api/tables')).json()).toContainEqual({
    name: jobsTable,
    keys: ['job_id'],
    items: all.total,
  });
});

test('shows numbers of any length, bytes, and attributes with the names of JavaScript as they are stored', async () => {
  const { jobsTable } = console.cloud.resources;
  const [long, bytes] = ['12345678901234567890123456789012345678', 'AP8B'];
  const item = {
    job_id: { S: 'job-odd' },
    exact: { N: '0.1' },
    small: { N: '1e-130' },
    long: { N: long },
    next: { N: '9007199254740993' },
    numbers: { NS: ['1', long] },
    bytes: { B: bytes },
    all: { L: [{ BS: [bytes] }, { NULL: true }] },
    constructor: { S: '<b>' },
  };
  await callJson(console.cloud, 'dynamodb', 'PutItem', { TableName: jobsTable, Item: item });
  const { rows } = (await (await get(`/api/tables/${jobsTable}?prefix=job-odd`)).json()) as ItemPage;
  expect(rows).toEqual([
    {
      job_id: 'job-odd',
      exact: 0.1,
      small: 1e-130,
      long,
      next: '9007199254740993',
      numbers: expect.arrayContaining([1, long]),
      bytes,
      all: [[bytes], null],
      constructor: '<b>',
    },
  ]);
  await callJson(console.cloud, 'dynamodb', 'DeleteItem', {
    TableName: jobsTable,
    Key: { job_id: { S: 'job-odd' } },
  });
});

test('an export is a file with all rows that match', async () => {
  const answer = await get('/api/jobs?export=1&text=many');
  expect(answer.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''jobs.json");
  expect(((await answer.json()) as ItemPage).rows).toHaveLength(120);
});
