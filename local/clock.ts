/** `make clock`: shows and changes the clock of the local cloud of `make dev`. */
import { setTimeout as wait } from 'node:timers/promises';
import type { OptionsOf } from '../config/commands/command.ts';
import type { clock } from '../config/commands/run.ts';
import { ConfigurationError } from '../domain/errors.ts';
import type { ClockState } from './actions/clock.ts';
import { ask, enterLocalCloud } from './control/client.ts';

export async function run({ jump, over, speed }: OptionsOf<typeof clock>): Promise<number> {
  enterLocalCloud();
  if (over && !jump) throw new ConfigurationError('OVER says what a jump waits for; set JUMP too');
  let state = await ask<ClockState>('clock', {
    ...(jump && { jump, within: 1 }),
    ...(over && { over }),
    ...(speed && { speed }),
  });
  if (state.jumping)
    console.log(
      'waiting for the functions and machines that work; the jump continues when they finish, even after Ctrl-C here',
    );
  while (state.jumping) {
    await wait(500);
    state = await ask('clock', {});
  }
  console.log(`${state.now}, ${pace(state.speed)}`);
  return 0;
}

function pace(speed: number): string {
  if (speed === 0) return 'standing still';
  return speed === 1 ? 'in real time' : `${speed} seconds per second while no function works`;
}
