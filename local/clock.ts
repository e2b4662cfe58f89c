/** `make clock`: looks at the clock of the cloud that `make dev` runs, and moves it. */
import { parseArgs } from 'node:util';
import { ask } from './control/client.ts';
import { ControlError } from './control/control.ts';

const help = `The clock of the local cloud that \`make dev\` runs.

  make clock                  what it shows, and how fast it runs
  make clock JUMP=4h          lets four hours pass at once: what falls due in them happens, in its order
  make clock SPEED=60         a minute in a second, while no function works; SPEED=1 is real time again

It never goes back; \`make clean\` forgets it, with all else.
`;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
  if (values.help) return void process.stdout.write(help);
  const { JUMP, SPEED } = process.env;
  const { now, speed } = await ask<{ now: string; speed: number }>('clock', {
    ...(JUMP && { jump: JUMP }),
    ...(SPEED && { speed: SPEED }),
  });
  console.log(
    `${now}, ${speed === 1 ? 'in real time' : `${speed} seconds in a second while no function works`}`,
  );
}

main().catch((error: Error) => {
  console.error(`clock: ${error instanceof ControlError ? error.message : (error.stack ?? error)}`);
  process.exit(1);
});
