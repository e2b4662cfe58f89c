import fc from 'fast-check';
import { parseDuration } from 'local-aws/clock';
import { commands, optionsOf } from '../../../config/commands/index.ts';
import { Deployment } from '../../../config/deployment.ts';
import { checkVariables } from '../../../config/given-variables.ts';
import { Config, parseSettings, variableOf } from '../../../config/settings/index.ts';
import { secrets } from '../../../domain/secrets.ts';
import { standInsOf } from '../../../local/faults/catalogue.ts';
import { chooseStage } from '../../../scripts/cloud.ts';
import { parseOptions } from '../../../scripts/manga/options.ts';
import { approve } from '../../../scripts/review/review.ts';
import { refusedBy, type Target, target } from '../target.ts';

const names = [...new Set([...Object.keys(Config.shape), ...Object.keys(Deployment.shape)])];
const value = fc.oneof(
  fc.constantFrom(
    '',
    'prod',
    '__proto__',
    '$(reboot)',
    '../x',
    'a,b',
    '1e999',
    '-1',
    'NaN',
    '2026-02-30',
    'Asia/Ho_Chi_Minh',
  ),
  fc.string({ unit: 'binary', maxLength: 100 }),
  fc.anything({ maxDepth: 2 }),
);
const text = fc.oneof(
  fc.constantFrom('--from', '--help', '--x=1', '-h', 'State#0', 'State#9e9', '--'),
  fc.string(),
);

/** Attacks the readers of an operator's input: settings of a stage, flags, times, decisions, secrets. */
export async function settings(): Promise<Target> {
  return target(
    fc.record({
      given: fc.oneof(fc.dictionary(fc.constantFrom(...names, 'odd'), value), value),
      typed: fc.array(text, { maxLength: 5 }),
      word: fc.oneof(fc.string(), fc.stringMatching(/^[0-9.]{1,30}[smhd]{1,3}$/)),
    }),
    async ({ given, typed, word }) => {
      for (const schema of [Config, Deployment])
        await refusedBy(['ConfigurationError'], () => parseSettings(schema, given, 'It'));
      for (const { schema } of Object.values(secrets)) schema.safeParse(given);
      await refusedBy(['ConfigurationError'], () => chooseStage({ STAGE: word }));
      await refusedBy(['ConfigurationError'], () => standInsOf(word));
      const time = parseDuration(word);
      if (time !== undefined && !(time >= 0)) throw new Error(`${word} is ${time} s`);
      for (const command of Object.values(commands)) {
        const variables = Object.keys(optionsOf(command)).map((name) => variableOf(name));
        const environment = Object.fromEntries(variables.map((variable) => [variable, word]));
        await refusedBy(['ConfigurationError'], () => parseOptions(command, environment, {}));
        await refusedBy(['ConfigurationError'], () => checkVariables([command], typed, environment));
      }
      const nothing = async () => true;
      const desk = {
        awaiting: async () => [],
        download: async () => undefined,
        approve: nothing,
        reject: nothing,
        say: () => undefined,
      };
      await refusedBy(['ConfigurationError'], () => approve(word, desk));
    },
  );
}
