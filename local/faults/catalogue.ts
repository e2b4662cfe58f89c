import { ConfigurationError } from '../../domain/errors.ts';

/** What can be made to go wrong, and what is to happen then. docs/chaos.md tells more; a test plays each of them. */
export interface FaultEntry {
  /** What goes wrong. */
  what: string;
  /** How it ends all the same. */
  ends: string;
  /** How often it strikes, unless somebody says otherwise; 0 for what happens once and at once. */
  times: number;
  /** What it can be aimed at; otherwise it takes the next that comes. */
  target?: 'machine' | 'function' | 'table';
  /** The stand-in that has to run for it: `make dev STAND_INS=…`. */
  needs?: StandInName;
}

const standInNames = ['edge', 'llm', 'youtube'] as const;
export type StandInName = (typeof standInNames)[number];

/** `STAND_INS=youtube,llm`, or `all`. */
export function standInsOf(given: string | undefined): StandInName[] {
  if (!given) return [];
  if (given === 'all') return [...standInNames];
  return given.split(',').map((name) => {
    const found = standInNames.find((one) => one === name.trim());
    if (found) return found;
    throw new ConfigurationError(
      `STAND_INS is ${given}; there are ${standInNames.join(', ')}, several by comma, and all`,
    );
  });
}

const faults = {
  'spot-notice': {
    what: 'EC2 takes the newest machine back: the notice, and two minutes later its end.',
    ends: 'The worker answers SpotInterrupted within seconds, and a fresh machine goes on from the finished pieces.',
    times: 0,
    target: 'machine',
  },
  'machine-killed': {
    what: 'The newest machine is gone without a word.',
    ends: 'The callback function answers for it, and a fresh machine goes on from the finished pieces.',
    times: 0,
    target: 'machine',
  },
  'heartbeat-lost': {
    what: 'Heartbeats of machines do not arrive; the machines live.',
    ends: 'After 300 s the task is tried again, and the next attempt ends the silent machine first; six are States.HeartbeatTimeout.',
    times: 6,
  },
  'throttled-table': {
    what: 'DynamoDB answers ProvisionedThroughputExceededException.',
    ends: 'The SDK tries again, then the state does; nothing is counted or claimed twice.',
    times: 8,
    target: 'table',
  },
  'failing-function': {
    what: 'A function fails with an error of its own.',
    ends: 'The state tries it again; after three failures the job is recorded as failed and its chapter goes back.',
    times: 1,
    target: 'function',
  },
  'slow-s3': {
    what: 'Each request to S3 takes a second longer.',
    ends: 'Everything takes longer and ends as always.',
    times: 20,
  },
  'tts-403': {
    what: 'The voice refuses with 403.',
    ends: 'The voice takes the server’s clock and tries again; a refusal that stays fails the state, which is tried again.',
    times: 2,
    needs: 'edge',
  },
  'llm-garbage': {
    what: 'The language model answers something that is no narration.',
    ends: 'It is asked to mend its answer; a page that stays without one is told from its bubbles.',
    times: 1,
    needs: 'llm',
  },
  'upload-cut': {
    what: 'The line to YouTube is cut in the middle of the video.',
    ends: 'The uploader asks what arrived and goes on from there; there is one video.',
    times: 1,
    needs: 'youtube',
  },
  'quota-exhausted': {
    what: 'YouTube answers quotaExceeded.',
    ends: 'The day ends without a failure, the chapter goes back for another day.',
    times: 1,
    needs: 'youtube',
  },
} as const satisfies Record<string, FaultEntry>;

export type FaultName = keyof typeof faults;
export const faultNames = Object.keys(faults) as FaultName[];
export const entryOf = (name: FaultName): FaultEntry => faults[name];
