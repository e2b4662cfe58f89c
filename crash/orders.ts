import type { Config } from '../config/settings/index.ts';
import type { Call, Point } from './point.ts';

/** What the driver tells the process that is the local cloud. */
export type Order =
  | {
      kind: 'start';
      state: string;
      sources: { functions: string; workers: string; flow: string };
      config: Config;
      secrets: Record<string, string>;
    }
  /** Where to stop next, if anywhere; `fresh` begins to count anew, for another job. */
  | { kind: 'arm'; point: Point | null; fresh: boolean }
  | { kind: 'kill'; function: string };

/** What that process tells the driver. */
export type Report =
  | { kind: 'ready'; endpoint: string; stateMachineArn: string; token: string }
  | { kind: 'passed'; call: Call }
  | { kind: 'struck' };
