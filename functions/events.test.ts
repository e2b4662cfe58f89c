import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod';
import { type FunctionName, functionNames } from '../config/functions.ts';
import { Ec2Event } from './answer-for-worker.ts';
import { Input as CheckQuotaInput, EndInput } from './check-quota/check-quota.ts';
import { PlanInput } from './check-quota/plan-lanes.ts';
import { Input as FetcherInput } from './fetcher/fetcher.ts';
import { DoubtfulInput } from './handle-error/doubtful.ts';
import { Input as HandleErrorInput } from './handle-error/handle-error.ts';
import { VerdictInput } from './handle-error/verdict.ts';
import { Input as CountInput } from './increment-counter/increment-counter.ts';
import { ContinuableInput, JobInput } from './job-input.ts';
import { Input as LaunchInput } from './launch-worker.ts';
import { Input as RenderInput } from './render/render.ts';
import { PlanShardsInput } from './start-renderer/start-renderer.ts';

/** Input schema of each function. */
const inputs: Record<FunctionName, z.ZodType> = {
  'check-quota': PlanInput.or(EndInput).or(CheckQuotaInput),
  fetcher: FetcherInput,
  scriptgen: ContinuableInput,
  ttsgen: ContinuableInput,
  'start-renderer': PlanShardsInput.or(LaunchInput),
  render: RenderInput,
  'renderer-callback': Ec2Event.or(JobInput),
  'start-uploader': LaunchInput,
  'uploader-callback': Ec2Event.or(JobInput),
  cleanup: JobInput,
  'increment-counter': CountInput,
  'handle-error': DoubtfulInput.or(VerdictInput).or(HandleErrorInput),
};

describe.each(functionNames)('the sample events of %s', (name) => {
  const folder = join(import.meta.dirname, name, 'events');
  const files = readdirSync(folder);

  test.each(files)("%s matches the function's input in every field", (file) => {
    const event = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    expect(inputs[name].safeParse(event).error).toBeUndefined();
    // EventBridge adds fields that no schema reads.
    if (!('detail-type' in event)) expect(inputs[name].parse(event)).toEqual(event);
  });
});
