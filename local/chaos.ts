/** `make chaos`: injects a fault into the local cloud of `make dev`. */
import { parseArgs } from 'node:util';
import { checkVariables } from '../config/given-variables.ts';
import { ConfigurationError } from '../domain/errors.ts';
import type { ChaosAnswer } from './actions/chaos.ts';
import { ask, enterLocalCloud } from './control/client.ts';
import { ControlError } from './control/control.ts';

const help = `Injects a fault into the local cloud of \`make dev\`; docs/chaos.md describes the expected outcome.

  make chaos                                    lists the faults, and those that are armed
  make chaos FAULT=machine-killed               strikes once, immediately
  make chaos FAULT=throttled-table TIMES=20     strikes the next 20 requests
  make chaos FAULT=failing-function TARGET=ttsgen
  make chaos CLEAR=1                            disarms all faults
`;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
  if (values.help) return void process.stdout.write(help);
  checkVariables(['FAULT', 'TIMES', 'TARGET', 'CLEAR'], process.env);
  enterLocalCloud();
  const { FAULT, TIMES, TARGET, CLEAR } = process.env;
  const { armed, faults, done } = await ask<ChaosAnswer>('chaos', {
    ...(FAULT && { fault: FAULT }),
    ...(TIMES && { times: TIMES }),
    ...(TARGET && { target: TARGET }),
    ...(CLEAR && CLEAR !== '0' && { clear: true }),
  });
  if (done) console.log(done);
  else
    for (const { name, what, needs, ready } of faults)
      console.log(`  ${name.padEnd(18)} ${what}${ready ? '' : ` (needs STAND_INS=${needs})`}`);
  for (const { fault, left, target } of armed)
    console.log(
      `armed: ${fault}, ${left === 1 ? 'once' : `${left} times`}${target ? `, for ${target}` : ''}`,
    );
}

main().catch((error: Error) => {
  console.error(
    `chaos: ${error instanceof ControlError || error instanceof ConfigurationError ? error.message : (error.stack ?? error)}`,
  );
  process.exit(1);
});
