import { callJson } from 'local-aws/client';
import { accessTo } from '../../cloud-access.ts';
import type { LocalCloud } from '../../cloud-interface.ts';
import { makeMachine, startExecution } from './console-under-test.ts';

const statuses = ['published', 'failed', 'rendering', 'needs_review', 'scripting'] as const;

/** Stores jobs named `Truyện 1` and so on, of every status in turn, each changed a minute before the one before it. */
export async function addJobs(cloud: LocalCloud, count: number): Promise<void> {
  const items = Array.from({ length: count }, (_, index) => {
    const status = statuses[index % statuses.length] ?? 'failed';
    const at = new Date(cloud.clock.now() - index * 60_000).toISOString();
    return {
      job_id: { S: `job-many-${index}` },
      status: { S: status },
      manga_title: { S: `Truyện ${index + 1}` },
      chapter_id: { S: `truyen-${index + 1}/chapter-001` },
      created_at: { S: at },
      updated_at: { S: at },
      page_count: { N: String(10 + (index % 50)) },
      ...(status === 'failed' && { error_name: { S: 'LanguageUnsupported' } }),
      ...(status === 'rendering' && {
        progress: { M: { step: { S: 'Render' }, done: { N: String(index % 100) }, total: { N: '100' } } },
      }),
    };
  });
  for (let begin = 0; begin < items.length; begin += 25)
    await callJson(cloud, 'dynamodb', 'BatchWriteItem', {
      RequestItems: {
        [cloud.resources.jobsTable]: items.slice(begin, begin + 25).map((Item) => ({ PutRequest: { Item } })),
      },
    });
}

/** Starts executions of two machines, of which those of `fails` fail. */
export async function addExecutions(cloud: LocalCloud, count: number): Promise<void> {
  const succeeds = await makeMachine(cloud, 'succeeds', {
    StartAt: 'Done',
    States: { Done: { Type: 'Succeed' } },
  });
  const fails = await makeMachine(cloud, 'fails', {
    StartAt: 'AStateWithANameThatIsLongerThanAnyColumnOfATableCanBeOnANarrowScreen',
    States: {
      AStateWithANameThatIsLongerThanAnyColumnOfATableCanBeOnANarrowScreen: {
        Type: 'Fail',
        Error: 'Example.Failure',
        Cause: 'Because it is a test',
      },
    },
  });
  for (let index = 0; index < count; index += 1)
    await startExecution(cloud, index % 3 === 0 ? fails : succeeds, `run-${index}`);
}

/** Keys that try to be a path, a program or an endless line, each with its content. */
export const hostileObjects: Readonly<Record<string, string>> = {
  '<img src=x onerror="document.title=1">.html': '<script>document.title = 1</script>',
  '\'; DROP TABLE--".constructor': 'x',
  'double//slash/%2e%2e/new\nline.txt': 'text',
  [`${Array(4).fill('漢'.repeat(80)).join('/')}/data.json`]: '{"long": true}',
};

export async function addObjects(cloud: LocalCloud, objects: Readonly<Record<string, string | Buffer>>) {
  const access = accessTo(cloud);
  for (const [key, body] of Object.entries(objects))
    await access.s3('PUT', key, '', typeof body === 'string' ? body : new Uint8Array(body));
}
