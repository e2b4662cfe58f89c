import { type LaunchPorts, launchWorker } from '../launch-worker.ts';

/** Starts the Spot machine that takes the job's video on from here. */
export const run = (input: unknown, ports: LaunchPorts) =>
  launchWorker(input, { worker: 'renderer', status: 'rendering' }, ports);
