/** `make clock`: shows and changes the clock of the local cloud of `make dev`. */
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { checkVariables } from '../config/given-variables.ts';
import { ConfigurationError } from '../domain/errors.ts';
import type { ClockState } from './actions/clock.ts';
import { ask, enterLocalCloud } from './control/client.ts';
import { ControlError } from './control/control.ts';

const help = `Shows and changes the clock of the local cloud of \`make dev\`.

  make clock                  shows the time and the speed
  make clock JUMP=4h          skips four hours; everything due in them happens in order. It waits for functions and
                              machines that work, and for debuggers
  make clock JUMP=6m OVER=work   does not wait, so that a silent machine misses its heartbeat
  make clock SPEED=60         runs a minute per second while no function works; SPEED=1 is real time,
                              SPEED=0 stops the clock

It never goes back; \`make clean\` resets it with all other state.
`;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
  if (values.help) return void process.stdout.write(help);
  checkVariables(['JUMP', 'OVER', 'SPEED'], process.env);
  enterLocalCloud();
  const { JUMP, OVER, SPEED } = process.env;
  if (OVER && !JUMP) throw new ConfigurationError('OVER says what a jump waits for; set JUMP too');
  let state = await ask<ClockState>('clock', {
    ...(JUMP && { jump: JUMP, within: 1 }),
    ...(OVER && { over: OVER }),
    ...(SPEED && { speed: SPEED }),
  });
  if (state.jumping)
    console.log('waiting for running functions; the jump continues when they finish, even after Ctrl-C here');
  while (state.jumping) {
    await wait(500);
    state = await ask('clock', {});
  }
  console.log(`${state.now}, ${pace(state.speed)}`);
}

function pace(speed: number): string {
  if (speed === 0) return 'standing still';
  return speed === 1 ? 'in real time' : `${speed} seconds per second while no function works`;
}

main().catch((error: Error) => {
  console.error(
    `clock: ${error instanceof ControlError || error instanceof ConfigurationError ? error.message : (error.stack ?? error)}`,
  );
  process.exit(1);
});
