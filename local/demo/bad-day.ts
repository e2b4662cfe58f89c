import type { FakeLlmOptions, Fault } from '../../fakes/llm/server.ts';
import { type MangaDexFaults, noFaults } from '../../fakes/mangadex/faults.ts';
import type { EdgeFault, FakeEdgeOptions } from '../../fakes/voices/edge.ts';
import { Refusal } from '../../fakes/youtube/response.ts';
import type { UploadFault } from '../../fakes/youtube/sessions.ts';
import type { FakeYouTubeOptions } from '../../fakes/youtube/youtube.ts';

/** The faults of each page's requests, used in turn; the fourth list never succeeds. */
const llmFaults: readonly (readonly Fault[])[] = [
  ['prose alone', { status: 429, retryAfter: '1' }],
  ['broken JSON', 'cut body'],
  ['English', 'ten times the length'],
  Array<Fault>(8).fill('unknown panels'),
  ['obeys by advertising'],
  ['cut connection', 'empty'],
  ['refusal'],
];

const edgeFaults: readonly EdgeFault[] = [
  { refuse: 429, headers: { 'Retry-After': '1' } },
  { cutAfter: 3 },
  'half the sound',
  'no sound',
  { refuse: 503 },
  'invalid sound',
  { closeWith: 1011, reason: 'Internal error' },
];
const edgeSkewMs = -20 * 60_000;

const uploadFaults: readonly UploadFault[] = ['cut', 'smaller range', 'unavailable', 'answer lost'];
const busyCalls: ReadonlySet<string> = new Set([
  ...['videos.insert', 'thumbnails.set', 'captions.insert', 'playlists.list'],
]);

const pageFaults = { storm: 2, garbage: 1, cutImages: 1, wrongHashes: 1 };
const statuses = { apiStatuses: [503], imageStatuses: [500] };

export interface BadDay {
  /** Applies faults to the fake MangaDex; nothing listens at the address `dead`. */
  spoil(faults: MangaDexFaults, dead: string): void;
  llm: Pick<FakeLlmOptions, 'fault'>;
  edge: Pick<FakeEdgeOptions, 'fault' | 'clock'>;
  youtube: Pick<FakeYouTubeOptions, 'uploadFault' | 'refuse'>;
  /** The faults so far, in one line. */
  account(): string;
}

/**
 * Faults of each service that its documentation and its users report. The video must still succeed, exist once, and not
 * pay for anything twice.
 */
export function badDay(): BadDay {
  const struck = { llm: 0, edge: 0, youtube: 0 };
  const asked = new Map<number, number>();
  const busy = new Set(busyCalls);
  const upload = [...uploadFaults];
  let connections = 0;
  let spoilt: MangaDexFaults = noFaults();

  const strike = <T>(service: keyof typeof struck, fault: T | undefined): T | undefined => {
    if (fault !== undefined) struck[service] += 1;
    return fault;
  };
  /** Faults of MangaDex that have struck: the planned ones minus the remaining ones. */
  const spoiled = () => {
    const counted = Object.entries(pageFaults) as [keyof typeof pageFaults, number][];
    const listed = Object.entries(statuses) as [keyof typeof statuses, number[]][];
    return (
      counted.reduce((sum, [name, planned]) => sum + planned - spoilt[name], 0) +
      listed.reduce((sum, [name, planned]) => sum + planned.length - spoilt[name].length, 0)
    );
  };

  return {
    spoil(faults, dead) {
      spoilt = Object.assign(faults, structuredClone({ ...pageFaults, ...statuses }), { badHost: dead });
    },
    llm: {
      fault({ page }) {
        const before = asked.get(page) ?? 0;
        asked.set(page, before + 1);
        // The presentation is page 0 and gets the faults of the first page.
        return strike('llm', llmFaults[Math.max(0, page - 1) % llmFaults.length]?.[before]);
      },
    },
    edge: {
      clock: () => Date.now() + edgeSkewMs,
      // Every third request: a voice that fails more often is replaced by another one.
      fault: () =>
        strike('edge', ++connections % 3 === 2 ? edgeFaults[Math.floor(connections / 3)] : undefined),
    },
    youtube: {
      uploadFault: () => strike('youtube', upload.shift()),
      refuse: (call) => strike('youtube', busy.delete(call) ? new Refusal(503, 'backendError') : undefined),
    },
    account: () =>
      [
        `MangaDex failed ${spoiled()} times`,
        `the language model ${struck.llm}`,
        `Edge ${struck.edge}, its clock 20 minutes behind`,
        `YouTube ${struck.youtube}`,
      ].join(', '),
  };
}
