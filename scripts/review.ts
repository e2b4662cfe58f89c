/** `make review`: lists what waits for a person, opens it, and applies the verdict. */
import { mkdir } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { artifactStore } from '../aws/artifact-store.ts';
import { chapterLedger } from '../aws/chapter-ledger.ts';
import { requiredFunction, stateMachineNextTo } from '../aws/deployed-functions.ts';
import { startExecution } from '../aws/executions.ts';
import { jobStore } from '../aws/job-store.ts';
import { waitingJobs } from '../aws/review-queue.ts';
import { taskCallback } from '../aws/task-callback.ts';
import type { OptionsOf } from '../config/commands/command.ts';
import type { review } from '../config/commands/operate.ts';
import { Doubt } from '../domain/doubt.ts';
import { ConfigurationError } from '../domain/errors.ts';
import { JobId } from '../domain/job.ts';
import { Script } from '../domain/script.ts';
import { namesOf } from '../stacks/names.ts';
import { enterCloud } from './cloud.ts';
import { editedScript } from './review/edited-script.ts';
import {
  decideHeld,
  editHeld,
  findHeld,
  type HeldPorts,
  isFailed,
  listFailed,
  listHeld,
  openHeld,
} from './review/held.ts';
import { approve, list, open, type ReviewPorts, reject } from './review/review.ts';

export async function run(options: OptionsOf<typeof review>): Promise<void> {
  const { job: jobId, open: opens, approve: approves, reject: reason, retry, edit, why, by, video } = options;
  if (video) return (await import('./contact-sheet.ts')).drawSheets(video);
  mustBeDecision(jobId, [opens, approves, reason, retry, edit].filter(Boolean).length);
  const { stage } = await enterCloud();
  const names = namesOf(stage);
  const bucket = async () => {
    const { environment } = await requiredFunction(names.functions.cleanup);
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
    open: async () =>
      (await Array.fromAsync(chapterLedger(names.chaptersTable).all())).filter(
        ({ status }) => status !== 'published' && status !== 'blocked',
      ),
    findJob: jobStore(names.jobsTable).get,
    download: ports.download,
    getScript: async (key) => (await bucket()).getJson(key, Script),
    getDoubt: async (key) => (await bucket()).getJson(key, Doubt),
    putScript: async (key, script) => (await bucket()).putJson(key, script),
    async start(name, input) {
      const { arn } = await requiredFunction(names.functions.cleanup);
      return startExecution(stateMachineNextTo(arn, names), name, input);
    },
    say: console.log,
  };
  if (!jobId) {
    await listHeld(heldPorts);
    await listFailed(heldPorts);
    return list(ports);
  }
  const held = await findHeld(jobId, heldPorts);
  if (opens) {
    const folder = join('.local', 'review', jobId);
    await mkdir(folder, { recursive: true });
    return held ? openHeld(held, folder, heldPorts) : open(jobId, folder, ports);
  }
  if (held && edit) return editHeld(held, await editedScript(edit, jobId), heldPorts);
  if (held || ((reason || retry) && (await isFailed(jobId, heldPorts)))) {
    const decided = { by: by || userInfo().username };
    if (approves) return decideHeld(jobId, { ...decided, verdict: 'approve', reason: why ?? '' }, heldPorts);
    if (reason) return decideHeld(jobId, { ...decided, verdict: 'reject', reason }, heldPorts);
    return decideHeld(jobId, { ...decided, verdict: 'retry', reason: retry ?? '' }, heldPorts);
  }
  if (approves) return approve(jobId, ports);
  if (reason) return reject(jobId, reason, ports);
  throw new ConfigurationError(
    `${jobId} has no chapter that is held or failed; make review lists those that have`,
  );
}

/** Throws ConfigurationError unless there is one action for a job, or neither: then the jobs are listed. */
function mustBeDecision(jobId: string | undefined, actions: number): void {
  if (!jobId && actions > 0)
    throw new ConfigurationError('name the job: JOB=job-…; make review lists those that wait');
  if (!jobId) return;
  if (!JobId.safeParse(jobId).success)
    throw new ConfigurationError(`${jobId} is not a job; make review lists those that wait`);
  if (actions !== 1)
    throw new ConfigurationError(
      `choose one action for ${jobId}: OPEN=1, APPROVE=1, REJECT='why', EDIT=script.json or RETRY='why'`,
    );
}
