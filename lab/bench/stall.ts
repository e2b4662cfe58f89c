/**
 * `make bench WHAT=stall`: gives random definitions and inputs to the Step Functions service and prints the longest time that its
 * main thread worked without a pause, in which no request is handled. RUNS=n is their number, FROM=n the number of the first one,
 * AT=n repeats one of them alone. FLIGHT=n runs n at a time. They run in batches; those of a batch with a long pause are repeated
 * alone, to find which of them caused it. SECONDS=n ends the run after that time with what was measured.
 */

import { inEnvironment } from '../../local/testing/environment.ts';
import { givenNumber } from '../figures/given-number.ts';
import { show } from '../figures/show.ts';
import { randomFrom } from '../load/random.ts';
import { randomCase } from './stall/random-machine.ts';
import { type Outcome, type StallService, startService } from './stall/stall-service.ts';

const wantedMs = 50;
/** A new service for so many bounds the disk that the histories take. */
const runsOfService = 5000;
const seed = givenNumber('SEED', 1);
const flight = givenNumber('FLIGHT', 1);
const batch = flight === 1 ? 1 : 5 * flight;
const only = process.env.AT ? givenNumber('AT', 0) : undefined;
const first = only ?? givenNumber('FROM', 0);
const end = first + (only === undefined ? givenNumber('RUNS', 1000) : 1);
const until = performance.now() + 1000 * givenNumber('SECONDS', 1_000_000);
const caseOf = (number: number) => randomCase(randomFrom(seed * 1_000_003 + number));

const outcomes: Record<Outcome, number> = { refused: 0, ended: 0, stopped: 0 };
let longPauses = 0;
/** Long pauses of which V8's collector took more than half. */
let ofCollector = 0;
let tried = 0;
let longest = { number: first, worst: 0 };
let over = 0;

function record(number: number, worst: number): void {
  if (worst > longest.worst) longest = { number, worst };
  if (worst <= wantedMs) return;
  over += 1;
  show(`  SEED=${seed} AT=${number}`, `${worst.toFixed(0)} ms`, `≤ ${wantedMs} ms`);
}

async function runBatch(service: StallService, numbers: readonly number[]): Promise<void> {
  const left = [...numbers];
  const work = async () => {
    for (let number = left.shift(); number !== undefined; number = left.shift())
      outcomes[await service.run(`machine-${number}`, caseOf(number))] += 1;
  };
  await Promise.all(Array.from({ length: flight }, work));
  tried += numbers.length;
  const { ms, collectedMs } = await service.worst();
  if (ms <= wantedMs || numbers.length === 1) {
    record(numbers[0] ?? first, ms);
    return;
  }
  longPauses += 1;
  if (collectedMs > ms / 2) ofCollector += 1;
  console.error(
    `  ${ms.toFixed(0)} ms in the batch from ${numbers[0]}, ${collectedMs.toFixed(0)} ms of them to collect garbage`,
  );
  for (const number of numbers) {
    await service.run(`machine-${number}-alone`, caseOf(number));
    record(number, (await service.worst()).ms);
  }
}

/** Runs as many as one service gets. */
const runService = (start: number): Promise<void> =>
  inEnvironment('bench-stall', async ({ started }) => {
    const service = started.adopt(await startService(), (one) => one.stop());
    // The first machines compile the service's code, which is not their fault.
    for (let warm = 0; warm < 20; warm += 1) await service.run(`warm-${warm}`, caseOf(1e6 + warm));
    await service.worst();
    const last = Math.min(start + runsOfService, end);
    for (let at = start; at < last && performance.now() < until; at += batch) {
      const numbers = Array.from({ length: Math.min(batch, last - at) }, (_, index) => at + index);
      await runBatch(service, numbers);
      if (tried % 1000 < batch && end - first > 1000)
        console.error(
          `${new Date().toISOString()} ${tried} from ${first}: ${over} over ${wantedMs} ms, the longest ${longest.worst.toFixed(0)} ms`,
        );
    }
  });

if (only !== undefined) console.log(caseOf(only).definition.slice(0, 5000), caseOf(only).input.slice(0, 500));
for (let start = first; start < end && performance.now() < until; start += runsOfService)
  await runService(start);
const { refused, ended, stopped } = outcomes;
show(
  'random definitions and inputs',
  String(tried),
  `${refused} refused, ${ended} ended, ${stopped} stopped`,
);
show(`of these kept the service busy for over ${wantedMs} ms`, String(over), '0');
if (flight > 1)
  show(
    `pauses over ${wantedMs} ms with ${flight} at a time`,
    `${longPauses}, ${ofCollector} of them V8's collector`,
    '0',
  );
show(`the longest, from AT=${longest.number}`, `${longest.worst.toFixed(0)} ms`, `≤ ${wantedMs} ms`);
process.exit();
