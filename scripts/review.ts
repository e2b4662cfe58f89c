/** `make review`: lists the videos that wait for a person, opens one, takes the verdict. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { artifactStore } from '../aws/artifact-store.ts';
import { deployedFunction } from '../aws/deployed-functions.ts';
import { awaitingReview } from '../aws/review-queue.ts';
import { taskAnswer } from '../aws/task-answer.ts';
import { ConfigurationError } from '../domain/errors.ts';
import { JobId } from '../domain/job.ts';
import { namesOf } from '../stacks/names.ts';
import { approve, list, open, type ReviewPorts, reject } from './review/review.ts';
import { enterStage, stageOf } from './stage.ts';

const help = `make review [STAGE=prod]                           the videos that wait
make review JOB=job-… OPEN=1                       fetch one to look at
make review JOB=job-… APPROVE=1                    let it be published
make review JOB=job-… REJECT='what is wrong'       fail the job and give the chapter back
With AWS_ENDPOINT_URL set, it is the local cloud's.`;

async function bucketOf(functionName: string): Promise<string> {
  const bucket = (await deployedFunction(functionName))?.environment.S3_BUCKET;
  if (!bucket) throw new ConfigurationError(`${functionName} is not deployed in this account and region`);
  return bucket;
}

async function main(): Promise<void> {
  const { JOB, OPEN, APPROVE, REJECT } = process.env;
  if (process.argv.includes('--help')) {
    console.log(help);
    return;
  }
  const stage = stageOf(process.env);
  await enterStage(stage);
  const names = namesOf(stage);
  const ports: ReviewPorts = {
    awaiting: () => awaitingReview(names.jobsTable),
    download: async (key, file) => artifactStore(await bucketOf(names.functions.cleanup)).download(key, file),
    approve: (token) => taskAnswer.succeed(token, { approved: true }),
    reject: (token, reason) => taskAnswer.fail(token, 'ReviewRejected', reason),
    say: console.log,
  };
  if (!JOB) return list(ports);
  if (APPROVE && !REJECT) return approve(JOB, ports);
  if (REJECT && !APPROVE) return reject(JOB, REJECT, ports);
  if (!OPEN) throw new ConfigurationError(`say what to do with ${JOB}\n${help}`);
  if (!JobId.safeParse(JOB).success)
    throw new ConfigurationError(`${JOB} is no job; make review lists those that wait`);
  const folder = join('.local', 'review', JOB);
  await mkdir(folder, { recursive: true });
  return open(JOB, folder, ports);
}

main().catch((error: Error) => {
  console.error(`review: ${error.message}`);
  process.exitCode = 1;
});
