import type { Config } from '../../config/settings/index.ts';
import type { Call, Point } from './point.ts';

/** Messages from the driver to the process of the local cloud. */
export type Order =
  | {
      kind: 'start';
      state: string;
      sources: { functions: string; workers: string; flow: string };
      config: Config;
      secrets: Record<string, string>;
    }
  /** Sets the next point at which to stop, if any; `fresh` resets the counters for another job. */
  | { kind: 'arm'; point: Point | null; fresh: boolean }
  | { kind: 'kill'; function: string };

/** Messages from that process to the driver. */
export type Report =
  | { kind: 'ready'; endpoint: string; stateMachineArn: string; token: string }
  | { kind: 'passed'; call: Call }
  | { kind: 'struck' };
