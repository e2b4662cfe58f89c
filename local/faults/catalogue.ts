import { ConfigurationError } from '../../domain/errors.ts';

/** The faults and their expected outcomes. docs/chaos.md describes them in more detail; a test plays each of them. */
export interface FaultEntry {
  /** The part that fails. */
  what: string;
  /** The expected outcome. */
  ends: string;
  /** Default number of strikes; 0 for a fault that strikes once, immediately. */
  times: number;
  /** Possible target; without one, the fault strikes the next match. */
  target?: 'machine' | 'function' | 'table';
  /** The stand-in that the fault needs: `make dev STAND_INS=…`. */
  needs?: StandInName;
}

export const standInNames = ['edge', 'llm', 'youtube'] as const;
export type StandInName = (typeof standInNames)[number];

/** Parses `STAND_INS=youtube,llm` or `all`. */
export function standInsOf(given: string | undefined): StandInName[] {
  if (!given) return [];
  if (given === 'all') return [...standInNames];
  return given.split(',').map((name) => {
    const found = standInNames.find((one) => one === name.trim());
    if (found) return found;
    throw new ConfigurationError(
      `STAND_INS is ${given}; it must be all or a list of ${standInNames.join(', ')}`,
    );
  });
}

const faults = {
  'spot-notice': {
    what: 'EC2 interrupts the newest machine: a notice, and two minutes later its end.',
    ends: 'The worker reports SpotInterrupted within seconds, and a new machine continues from the finished pieces.',
    times: 0,
    target: 'machine',
  },
  'machine-killed': {
    what: 'The newest machine dies without notice.',
    ends: 'The callback function reports its failure, and a new machine continues from the finished pieces.',
    times: 0,
    target: 'machine',
  },
  'heartbeat-lost': {
    what: 'Heartbeats of running machines are lost.',
    ends: 'After 300 s the task is retried, and the next attempt first ends the silent machine; six losses are States.HeartbeatTimeout.',
    times: 6,
  },
  'throttled-table': {
    what: 'DynamoDB returns ProvisionedThroughputExceededException.',
    ends: 'The SDK retries, then the state does; nothing is counted or claimed twice.',
    times: 8,
    target: 'table',
  },
  'failing-function': {
    what: 'A function throws an error.',
    ends: 'The state retries it; after three failures the job is recorded as failed and its chapter is released.',
    times: 1,
    target: 'function',
  },
  'slow-s3': {
    what: 'Each request to S3 takes a second longer.',
    ends: 'Everything takes longer and succeeds.',
    times: 20,
  },
  'tts-403': {
    what: 'The voice service responds with 403.',
    ends: 'The client adopts the server’s clock and retries; if the error persists, the state fails and is retried.',
    times: 2,
    needs: 'edge',
  },
  'llm-garbage': {
    what: 'The language model returns something that is not a narration.',
    ends: 'It is asked to correct it; a page that still has no narration is narrated from its bubbles.',
    times: 1,
    needs: 'llm',
  },
  'upload-cut': {
    what: 'The connection to YouTube is cut during the upload.',
    ends: 'The uploader asks which bytes arrived and continues from there; there is one video.',
    times: 1,
    needs: 'youtube',
  },
  'quota-exhausted': {
    what: 'YouTube returns quotaExceeded.',
    ends: 'The day ends without a failure, and the chapter is released for another day.',
    times: 1,
    needs: 'youtube',
  },
} as const satisfies Record<string, FaultEntry>;

export type FaultName = keyof typeof faults;
export const faultNames = Object.keys(faults) as FaultName[];
export const entryOf = (name: FaultName): FaultEntry => faults[name];
