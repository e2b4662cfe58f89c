import { volumeSizes } from '../../domain/prices.ts';
import { type LaunchPorts, launchWorker } from '../launch-worker.ts';

/** The operating system and one video. */
const volumeSize = volumeSizes.uploader;

/** Starts the Spot machine that publishes the job's video. */
export const run = (input: unknown, ports: LaunchPorts) =>
  launchWorker(input, { worker: 'uploader', status: 'uploading', volumeSize }, ports);
