/** `make chaos`: injects a fault into the local cloud of `make dev`. */
import type { OptionsOf } from '../config/commands/command.ts';
import type { chaos } from '../config/commands/run.ts';
import type { ChaosAnswer } from './actions/chaos.ts';
import { ask, enterLocalCloud } from './control/client.ts';

export async function run({ fault, times, target, clear }: OptionsOf<typeof chaos>): Promise<number> {
  enterLocalCloud();
  const { armed, faults, done } = await ask<ChaosAnswer>('chaos', {
    ...(fault && { fault }),
    ...(times && { times }),
    ...(target && { target }),
    clear,
  });
  if (done) console.log(done);
  else
    for (const { name, what, needs, ready } of faults)
      console.log(`  ${name.padEnd(18)} ${what}${ready ? '' : ` (needs STAND_INS=${needs})`}`);
  for (const { fault, left, target } of armed)
    console.log(
      `armed: ${fault}, ${left === 1 ? 'once' : `${left} times`}${target ? `, for ${target}` : ''}`,
    );
  return 0;
}
