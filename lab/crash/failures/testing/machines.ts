import { callJson } from 'local-aws/client';
import { eventually } from 'local-aws/testing';
import type { Failing } from './failing.ts';

const root = new URL('../../../../', import.meta.url).href;

/** Failures of the renderer and its machines. */
export const failuresOfMachines: readonly Failing[] = [
  {
    failure: 'RenderError',
    cause: 'FFmpeg cannot read the speech',
    state: 'StartRenderer',
    says: /The speech of .* can't be read/,
    begin: (pipeline) => pipeline.replaceRenderer(`import '${root}workers/renderer/main.ts';`),
  },
  {
    failure: 'SpotInterrupted',
    cause: 'six machines in a row die without notice',
    state: 'StartRenderer',
    says: /./,
    begin: (pipeline) => pipeline.replaceRenderer('process.exit(1);'),
  },
  {
    failure: 'SpotCapacityUnavailable',
    cause: 'EC2 has no machine of any type in any zone',
    state: 'StartRenderer',
    says: /InsufficientInstanceCapacity/,
    step: '30s',
    begin(pipeline) {
      pipeline.ec2.hasCapacity = () => false;
      return () => {
        pipeline.ec2.hasCapacity = () => true;
      };
    },
  },
  {
    failure: 'States.HeartbeatTimeout',
    cause: 'the worker does not start on any machine and reports nothing',
    state: 'StartRenderer',
    says: /sent no heartbeat for 300 s/,
    begin: (pipeline) => pipeline.replaceRenderer('setInterval(() => {}, 1000);'),
    meanwhile: (pipeline) => pipeline.untilTold(),
  },
  {
    failure: 'ExecutionStopped',
    cause: 'an operator stops the execution while a machine works',
    state: 'StartRenderer',
    says: /^The execution was stopped in StartRenderer: not today$/,
    begin: (pipeline) => pipeline.replaceRenderer('setInterval(() => {}, 1000);'),
    async meanwhile(pipeline, executionArn) {
      await eventually('a machine', () => pipeline.up().length > 0, 60_000);
      await callJson(pipeline.cloud, 'states', 'StopExecution', { executionArn, cause: 'not today' });
      await pipeline.untilTold();
    },
    endsDay: true,
    ends: 'ABORTED',
  },
];
