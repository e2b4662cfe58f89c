/** `make chaos`: injects a fault into the local cloud of `make dev`. */
import type { OptionsOf } from '../config/commands/command.ts';
import type { chaos } from '../config/commands/run.ts';
import type { ChaosAnswer } from './actions/chaos.ts';
import { ask, enterLocalCloud } from './control/client.ts';
import { entryOf, faultNames } from './faults/catalogue.ts';

export async function run({ fault, times, target, clear }: OptionsOf<typeof chaos>): Promise<number> {
  if (!enterLocalCloud() && !fault && !clear) {
    for (const name of faultNames) show({ name, ready: false, ...entryOf(name) });
    console.error('no local cloud is running here; start make dev to inject one');
    return 0;
  }
  const { armed, faults, done } = await ask<ChaosAnswer>('chaos', {
    ...(fault && { fault }),
    ...(times && { times }),
    ...(target && { target }),
    clear,
  });
  if (done) console.log(done);
  else for (const one of faults) show(one);
  for (const { fault, left, target } of armed)
    console.log(
      `armed: ${fault}, ${left === 1 ? 'once' : `${left} times`}${target ? `, for ${target}` : ''}`,
    );
  return 0;
}

function show({ name, what, needs, ready }: ChaosAnswer['faults'][number]): void {
  console.log(`  ${name.padEnd(18)} ${what}${ready || !needs ? '' : ` (needs STAND_INS=${needs})`}`);
}
