/**
 * `make bench WHAT=definitions FOLDER=…`: gives every state machine definition in a folder to the Step Functions service, with an
 * endpoint for every service, and prints those that it refuses, and why. Definitions are `.json` files with StartAt and States.
 * Placeholders, `${Name}` as deployment tools fill them, get a value that fits their place. The clients of the AWS SDK that are
 * installed in the folder check the parameters of tasks.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { inEnvironment } from '../../local/testing/environment.ts';
import { show } from '../figures/show.ts';
import { callStates } from './engine-overhead.ts';

const program = join(import.meta.dirname, '../../packages/step-functions/src/cli.ts');
const roleArn = 'arn:aws:iam::123456789012:role/bench';
/** Nothing listens there: definitions are only created. */
const endpoint = 'http://127.0.0.1:9';

const { FOLDER } = process.env;
if (!FOLDER) throw new Error('FOLDER is missing: the folder with the definitions');
const folder = resolve(FOLDER);

/** Returns the text with values for its placeholders. A Resource gets a function, the partition its name, and what has no quotes a number. */
function filled(text: string): string {
  return text
    .replaceAll(
      /("Resource"\s*:\s*")\$\{[^}"]*\}"/g,
      '$1arn:aws:lambda:us-east-1:123456789012:function:placeholder"',
    )
    .replaceAll(/arn:\$\{[^}"]*\}:/g, 'arn:aws:')
    .replaceAll(/([:[,]\s*)\$\{[^}"]*\}(?=\s*[,\]}])/g, '$11')
    .replaceAll(/\$\{[^}"]*\}/g, 'placeholder');
}

function isDefinition(text: string): boolean {
  return /"StartAt"\s*:/.test(text) && /"States"\s*:/.test(text);
}

await inEnvironment('bench-definitions', async ({ started }) => {
  const child = spawn(process.execPath, [program], {
    cwd: folder,
    env: { ...process.env, PORT: '0', AWS_ENDPOINT_URL: endpoint },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  started.defer(() => void child.kill('SIGKILL'));
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const port = Number(line.split(':').at(-1));
  const files = globSync('**/*.json', { cwd: folder, exclude: ['**/node_modules/**'] }).sort();
  const refused: string[] = [];
  let tried = 0;
  for (const file of files) {
    const text = readFileSync(join(folder, file), 'utf8');
    if (!isDefinition(text)) continue;
    tried += 1;
    try {
      const given = { name: `definition-${tried}`, definition: filled(text), roleArn };
      await callStates(port, 'CreateStateMachine', given);
    } catch (error) {
      refused.push(`${file}\n  ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  for (const reason of refused) console.log(reason);
  show('definitions accepted', `${tried - refused.length} of ${tried}`);
});
