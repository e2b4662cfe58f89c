import type { Failing } from './failing.ts';

const root = new URL('../../../', import.meta.url).href;

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
];
