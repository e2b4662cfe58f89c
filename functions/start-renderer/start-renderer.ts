import { type LaunchPorts, launchWorker } from '../launch-worker.ts';

/** Five hours of video lie twice on the disk for a moment, and their sound as it was spoken. */
const volumeSize = 64;

/** Starts the Spot machine that takes the job's video on from here. */
export const run = (input: unknown, ports: LaunchPorts) =>
  launchWorker(input, { worker: 'renderer', status: 'rendering', volumeSize }, ports);
