import fc from 'fast-check';
import { parseUserData, renderUserData } from '../../../domain/worker-task.ts';
import { refusedBy, type Target, target } from '../target.ts';

const hostile = [
  '"; rm -rf / #',
  '$(reboot)',
  '`id`',
  '\\',
  '\\"',
  "'",
  'WORKER_ENVIRONMENT',
  '${HOME}',
  '%n',
  '\u2028',
];
const value = fc.oneof(
  fc.constantFrom(...hostile),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(fc.constantFrom(...hostile, ' ', 'a'), { maxLength: 12 }).map((parts) => parts.join('')),
);

/** Values for a machine arrive unchanged or are refused with their name; none can end its heredoc. */
export async function userData(): Promise<Target> {
  return target(
    fc.dictionary(fc.stringMatching(/^[A-Z][A-Z0-9_]{0,12}$/), value, { maxKeys: 8 }),
    async (environment) => {
      await refusedBy(['ConfigurationError'], () => {
        const script = renderUserData(environment);
        const back = parseUserData(script);
        for (const [name, given] of Object.entries(environment))
          if (back[name] !== given) throw new Error(`${name} came back as ${JSON.stringify(back[name])}`);
        const ends = script.split('\n').filter((line) => line === 'WORKER_ENVIRONMENT').length;
        if (ends !== 1) throw new Error(`the heredoc ends ${ends} times`);
      });
    },
  );
}
