/** `make review`: lists what waits for a person, opens it, and applies the verdict. */
import { mkdir, readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { artifactStore } from '../aws/artifact-store.ts';
import { deployedFunction } from '../aws/deployed-functions.ts';
import { startExecution } from '../aws/executions.ts';
import { waitingJobs } from '../aws/review-queue.ts';
import { taskCallback } from '../aws/task-callback.ts';
import { givenPath } from '../config/given-path.ts';
import { checkVariables } from '../config/given-variables.ts';
import { Doubt } from '../domain/doubt.ts';
import { ConfigurationError } from '../domain/errors.ts';
import { JobId } from '../domain/job.ts';
import { Script } from '../domain/script.ts';
import { namesOf } from '../stacks/names.ts';
import { enterCloud } from './cloud.ts';
import { decideHeld, editHeld, findHeld, type HeldPorts, listHeld, openHeld } from './review/held.ts';
import { approve, list, open, type ReviewPorts, reject } from './review/review.ts';

const help = `make review [STAGE=prod]                           what waits: doubtful chapters, finished videos
make review JOB=job-… OPEN=1                       fetch one to check, with the reasons and pages
make review JOB=job-… APPROVE=1 [WHY='…']          continue: the chapter is spoken, or the video published
make review JOB=job-… REJECT='what is wrong'       a doubtful chapter is blocked; a video's chapter is released
for doubtful chapters also:
make review JOB=job-… EDIT=script.json             store the sentences that you changed in it
make review JOB=job-… RETRY='what was changed'     release it, to be made again with today's settings
BY=name says who decides. It works on the stage that STAGE names, otherwise on the local cloud of make dev if one runs
here, otherwise on prod; its first line says which.`;

async function deployed(functionName: string) {
  const found = await deployedFunction(functionName);
  if (!found) throw new ConfigurationError(`${functionName} is not deployed in this account and region`);
  return found;
}

async function main(): Promise<void> {
  const { JOB, OPEN, APPROVE, REJECT, RETRY, EDIT, WHY, BY } = process.env;
  if (process.argv.includes('--help')) {
    console.log(help);
    return;
  }
  checkVariables(['STAGE', 'JOB', 'OPEN', 'APPROVE', 'REJECT', 'RETRY', 'EDIT', 'WHY', 'BY'], process.env);
  const { stage } = await enterCloud();
  const names = namesOf(stage);
  const bucket = async () => {
    const { environment } = await deployed(names.functions.cleanup);
    return artifactStore(environment.S3_BUCKET ?? '');
  };
  const ports: ReviewPorts = {
    awaiting: () => waitingJobs(names.jobsTable, 'awaiting_review'),
    download: async (key, file) => (await bucket()).download(key, file),
    approve: (token) => taskCallback.succeed(token, { approved: true }),
    reject: (token, reason) => taskCallback.fail(token, 'ReviewRejected', reason),
    say: console.log,
  };
  const heldPorts: HeldPorts = {
    held: () => waitingJobs(names.jobsTable, 'needs_review'),
    download: ports.download,
    getScript: async (key) => (await bucket()).getJson(key, Script),
    getDoubt: async (key) => (await bucket()).getJson(key, Doubt),
    putScript: async (key, script) => (await bucket()).putJson(key, script),
    async start(name, input) {
      const { arn } = await deployed(names.functions.cleanup);
      const machine = arn
        .replace(':lambda:', ':states:')
        .replace(/:function:.*$/, `:stateMachine:${names.prefix}`);
      return startExecution(machine, name, input);
    },
    say: console.log,
  };
  if (!JOB) {
    await listHeld(heldPorts);
    return list(ports);
  }
  if (!JobId.safeParse(JOB).success)
    throw new ConfigurationError(`${JOB} is not a job; make review lists those that wait`);
  const asked = Object.entries({ OPEN, APPROVE, REJECT, RETRY, EDIT }).filter(([, value]) => value);
  const [ask] = asked.map(([name]) => name);
  if (asked.length !== 1 || !ask) throw new ConfigurationError(`choose one action for ${JOB}\n${help}`);
  const job = await findHeld(JOB, heldPorts);
  if (ask === 'OPEN') {
    const folder = join('.local', 'review', JOB);
    await mkdir(folder, { recursive: true });
    return job ? openHeld(job, folder, heldPorts) : open(JOB, folder, ports);
  }
  if (job) {
    const by = BY || userInfo().username;
    if (EDIT)
      return editHeld(job, Script.parse(JSON.parse(await readFile(givenPath(EDIT), 'utf8'))), heldPorts);
    if (APPROVE) return decideHeld(job, { verdict: 'approve', by, reason: WHY ?? '' }, heldPorts);
    if (REJECT) return decideHeld(job, { verdict: 'reject', by, reason: REJECT }, heldPorts);
    return decideHeld(job, { verdict: 'retry', by, reason: RETRY ?? '' }, heldPorts);
  }
  if (APPROVE) return approve(JOB, ports);
  if (REJECT) return reject(JOB, REJECT, ports);
  throw new ConfigurationError(`${JOB} is not a held chapter; make review lists those that are`);
}

main().catch((error: Error) => {
  console.error(`review: ${error.message}`);
  process.exitCode = 1;
});
