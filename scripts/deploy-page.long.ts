import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { callJson } from 'local-aws/client';
import { accessTo } from '../local/cloud-access.ts';
import { openShell, type Shell } from '../local/testing/shell.ts';
import { isAvailable, startAccountStandIn } from './testing/account-stand-in.ts';
import { ways } from './testing/deploy-page.ts';

/** Runs the commands of docs/deploy.md from an empty account to the first video and its undo, next to a stand-in for an account. */
const minutes = 10 * 60_000;
const started = new AsyncDisposableStack();
const page = readFileSync(join(import.meta.dirname, '../samples/ke-trom-o/006.png'));
const chapter = zipSync({ '001.png': page });
let account: Awaited<ReturnType<typeof startAccountStandIn>>;
let shell: Shell;

beforeAll(async () => {
  account = await startAccountStandIn(started);
  const { pipeline, project } = account;
  project.save('my-chapter.cbz', chapter);
  // What Terraform makes.
  await callJson(pipeline.cloud, 'secretsmanager', 'CreateSecret', {
    ...{ Name: 'manga-pipeline/youtube', ClientRequestToken: randomUUID() },
  });
  await pipeline.apply('old');
  shell = started.adopt(openShell('bash', project.folder, account.environment), (one) => one.close());
}, minutes);
afterAll(() => started.disposeAsync(), minutes);

type Pasted = Awaited<ReturnType<Shell['paste']>>;
const putChapter = (name: string) => {
  const { endpoint, region, resources } = account.pipeline.cloud;
  return accessTo({ endpoint, region, resources }).s3('PUT', `library/series/${name}.cbz`, '', chapter);
};
const untilVideo = async (executionArn: string) => {
  expect(await account.pipeline.end(executionArn)).toMatchObject({ status: 'SUCCEEDED' });
  expect((await account.pipeline.jobs()).at(-1)).toMatchObject({ status: 'published' });
};

/** Actions of a reader, Terraform or the channel's owner around a command. */
const around: Readonly<Record<string, (line: string) => Promise<Pasted>>> = {
  'make secrets SET=youtube': (line) => shell.paste(`${line} < youtube.json`),
  async 'make secrets LOGIN=youtube'(line) {
    shell.type(line);
    const [url] = await shell.until(/^http:\S+(?=\n)/m);
    await fetch(url);
    return shell.end();
  },
  async 'make live CMD=\'aws stepfunctions start-execution --state-machine-arn "$STATE_MACHINE_ARN"\''(line) {
    const pasted = await shell.paste(line);
    const [, executionArn = ''] = /"executionArn": "([^"]+)"/.exec(pasted.printed) ?? [];
    await untilVideo(executionArn);
    return pasted;
  },
  async 'make rollback STAGE=prod LIST=1'(line) {
    await account.pipeline.apply('new');
    await shell.paste('make deploy WHAT=record');
    return shell.paste(line);
  },
  async 'make rollback STAGE=prod TO=2026-11-29'(line) {
    const { printed } = await shell.paste('make rollback STAGE=prod LIST=1');
    const [, undone = ''] = /(\S+) .*0 videos, undone/.exec(printed) ?? [];
    return shell.paste(line.replace('2026-11-29', undone));
  },
  async 'make deploy WHAT=canary STAGE=prod'(line) {
    await account.pipeline.applyForTrial('better');
    await putChapter('02');
    return account.pipeline.whileJumping(shell.paste(line));
  },
  async 'make destroy STAGE=dev'(line) {
    account.run('STAGE=dev npx cdktf deploy manga-pipeline-dev', account.environment);
    return shell.paste(line);
  },
};

for (const [line, way] of Object.entries(ways)) {
  const missing = 'cannot' in way ? undefined : way.needs?.find((need) => !isAvailable(need));
  if ('cannot' in way) test.skip(`${line} cannot be run: ${way.cannot}`, () => {});
  else if (missing) test.skip(`${line} is not run: ${missing} is missing`, () => {});
  else
    test(
      line,
      async () => {
        const { printed, status } = await (around[line] ?? shell.paste)(line);
        if (status !== (way.status ?? 0) || !way.prints.test(printed))
          throw new Error(`it ended with status ${status}:\n${printed}`);
      },
      minutes,
    );
}

test("the stand-in for the account fits AWS's models of its services", () => {
  expect(account.problems()).toEqual([]);
});
