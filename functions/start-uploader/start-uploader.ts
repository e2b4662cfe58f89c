import { type LaunchPorts, launchWorker } from '../launch-worker.ts';

/** The system, and one video. */
const volumeSize = 32;

/** Starts the Spot machine that takes the job's video on from here. */
export const run = (input: unknown, ports: LaunchPorts) =>
  launchWorker(input, { worker: 'uploader', status: 'uploading', volumeSize }, ports);
