/** `make clock`: shows and changes the clock of the local cloud of `make dev`. */
import { parseArgs } from 'node:util';
import { checkVariables } from '../config/given-variables.ts';
import { ConfigurationError } from '../domain/errors.ts';
import { ask, enterLocalCloud } from './control/client.ts';
import { ControlError } from './control/control.ts';

const help = `Shows and changes the clock of the local cloud of \`make dev\`.

  make clock                  shows the time and the speed
  make clock JUMP=4h          skips four hours; everything due in them happens in order
  make clock SPEED=60         runs a minute per second while no function works; SPEED=1 is real time

It never goes back; \`make clean\` resets it with all other state.
`;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
  if (values.help) return void process.stdout.write(help);
  checkVariables(['JUMP', 'SPEED'], process.env);
  enterLocalCloud();
  const { JUMP, SPEED } = process.env;
  const { now, speed } = await ask<{ now: string; speed: number }>('clock', {
    ...(JUMP && { jump: JUMP }),
    ...(SPEED && { speed: SPEED }),
  });
  console.log(
    `${now}, ${speed === 1 ? 'in real time' : `${speed} seconds per second while no function works`}`,
  );
}

main().catch((error: Error) => {
  console.error(
    `clock: ${error instanceof ControlError || error instanceof ConfigurationError ? error.message : (error.stack ?? error)}`,
  );
  process.exit(1);
});
