import { volumeSizes } from '../../domain/prices.ts';
import { type LaunchPorts, launchWorker } from '../launch-worker.ts';

/** The disk briefly holds five hours of video twice, and their recorded speech. */
const volumeSize = volumeSizes.renderer;

/** Starts the Spot machine that renders the job's video. */
export const run = (input: unknown, ports: LaunchPorts) =>
  launchWorker(input, { worker: 'renderer', status: 'rendering', volumeSize }, ports);
