import sharp from 'sharp';
import type { Job } from '../../domain/job.ts';
import { accessTo } from '../cloud-access.ts';
import { giveVerdict, type Verdict } from '../console/actions/review.ts';
import type { StandInName } from '../faults/catalogue.ts';
import { pipelineRecords } from '../records.ts';
import { startLightEnvironment } from './light-pipeline.ts';
import type { Pipeline, PipelineOptions } from './pipeline-under-test.ts';

/** Returns the operations on held chapters: their records, and a person's decisions. */
export function heldChapters({ cloud }: Pick<Pipeline, 'cloud'>) {
  const access = accessTo(cloud);
  const records = pipelineRecords(cloud);

  return {
    access,
    claimOf: records.claimOf,

    /** Returns the current or last job of a chapter. */
    async jobOf(chapterId: string): Promise<Job> {
      const own = (await records.jobs()).filter(({ chapter_id }) => chapter_id === chapterId);
      const claim = await records.claimOf(chapterId);
      const job = own.find(({ job_id }) => job_id === claim?.job_id);
      if (!job) throw new Error(`No job has ${chapterId}`);
      return job;
    },

    /** Returns the total number of slots and videos of all days. */
    async days(): Promise<{ slots: number; count: number }> {
      const days = await records.days();
      const sum = (field: 'slots' | 'count') => days.reduce((total, day) => total + day[field], 0);
      return { slots: sum('slots'), count: sum('count') };
    },

    /** Decides as the console does. Returns the ARN of the execution of the decision. */
    async decide(job: Job, verdict: Verdict): Promise<string> {
      await giveVerdict(job, verdict, { cloud, access });
      const machine = cloud.stateMachineArn.replace(':stateMachine:', ':execution:');
      return `${machine}:${verdict.verdict}-${job.job_id}`;
    },

    async invoke(name: string, event: object): Promise<unknown> {
      const { result } = await access.invoke(`manga-pipeline-${name}`, JSON.stringify(event));
      return JSON.parse(result);
    },

    chapters: records.chapters,
  };
}

/**
 * Starts the pipeline with light steps and stand-ins, and returns it with the operations on held chapters and a page for chapters.
 */
export async function startWithHeldChapters(
  options?: PipelineOptions,
  standIns: readonly StandInName[] = [],
) {
  const page = await sharp({ create: { width: 400, height: 600, channels: 3, background: '#ddd' } })
    .jpeg()
    .toBuffer();
  const pipeline = await startLightEnvironment(['scriptgen', 'ttsgen'], standIns, options);
  return { pipeline, held: heldChapters(pipeline), page };
}
